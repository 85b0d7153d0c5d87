import { useEffect, useMemo, useState } from "preact/hooks";

/** Whether the page is as narrow as a phone. */
export function usePhone(): boolean {
  const query = useMemo(() => matchMedia("(max-width: 560px)"), []);
  const [phone, setPhone] = useState(query.matches);
  useEffect(() => {
    const told = () => setPhone(query.matches);
    query.addEventListener("change", told);
    return () => query.removeEventListener("change", told);
  }, [query]);
  return phone;
}
