import { equal } from "node:assert/strict";
import { playsCustomer, systemTextOf } from "../../lib/traces/mod.ts";
import { genAi, span, traceRow } from "./rows.ts";

Deno.test("the system text is the first of the earliest call that has one, wherever it was recorded", () => {
  const inMessages = traceRow([span({ inputMessages: genAi(["system", "Follow the policy."], ["user", "Hello"]) })]);
  equal(systemTextOf(inMessages), "Follow the policy.");
  const apart = traceRow([span({ systemInstructions: "Use the tools.", inputMessages: genAi(["user", "Hello"]) })]);
  equal(systemTextOf(apart), "Use the tools.");
  equal(systemTextOf(traceRow([span({ inputMessages: genAi(["user", "Hello"]) })])), null);
  equal(systemTextOf(traceRow([span()])), null, "texts were not recorded");
});

Deno.test("a prompt that has the model play the customer is told from one that has it serve customers", () => {
  equal(playsCustomer("In this task you play a customer who calls about an order."), true);
  equal(playsCustomer("You are a user interacting with an agent. Do not give away the whole problem at once."), true);
  equal(playsCustomer("Your job is to simulate the user below."), true);
  equal(playsCustomer("You are a customer service agent that helps the user according to the policy."), false);
  equal(playsCustomer("As an airline agent, you can help users book flights. Act on behalf of nobody else."), false);
  equal(playsCustomer("List the actions that you take on behalf of the user; act only when the user agrees."), false);
  equal(playsCustomer("You are playing the role of a customer contacting a representative."), true);
  equal(playsCustomer("Write code that solves the task. The user cannot answer."), false);
});
