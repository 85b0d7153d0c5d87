"""Values of the normal and the beta distribution in 50 digits (mpmath), rounded to doubles."""
import mpmath as mp, json
mp.mp.dps=50
out={"command":"python3 tests/stats/distributions_oracle.py tests/stats/distributions_oracle.json","normal":[],"beta":[]}
for z in ["-38","-30","-20","-10","-8.3","-6","-5","-4","-3","-2.0001","-2","-1.96","-1.5","-1","-0.5","-0.1","-1e-8","0","0.1","0.7","1","1.999","2","2.5","3","5","8"]:
    x=mp.mpf(float(z)); out["normal"].append([float(z), float(mp.ncdf(x))])
out["normal_quantile"]=[]
for p in ["1e-300","1e-100","1e-30","1e-16","1e-10","1e-5","0.001","0.0123","0.025","0.1","0.3","0.49","0.4999999","0.6","0.75","0.9","0.975","0.999","0.9999999"]:
    q=mp.mpf(float(p)); z=mp.findroot(lambda t: mp.log(mp.ncdf(t))-mp.log(q), -mp.sqrt(-2*mp.log(q)) if q<0.01 else mp.mpf(0)) if q<0.5 else -mp.findroot(lambda t: mp.log(mp.ncdf(t))-mp.log(1-q), -mp.sqrt(-2*mp.log(1-q)) if 1-q<0.01 else mp.mpf(0)); out["normal_quantile"].append([float(p), float(z)])
import random
random.seed(4)
def ibeta(x,a,b):
    # the continued fraction in 50 digits, on the side on which it converges
    x,a,b=mp.mpf(x),mp.mpf(a),mp.mpf(b)
    if x>(a+1)/(a+b+2): return 1-ibeta(1-x,b,a)
    n=int(60+40*mp.sqrt(max(a,b)))
    v=mp.mpf(1)
    for m in range(n,0,-1):
        odd=-(a+m)*(a+b+m)*x/((a+2*m)*(a+2*m+1)); even=m*(b-m)*x/((a+2*m-1)*(a+2*m))
        v=1+even/(1+odd/v)
    v=1-(a+b)*x/(a+1)/v
    return mp.exp(a*mp.log(x)+b*mp.log(1-x)+mp.loggamma(a+b)-mp.loggamma(a)-mp.loggamma(b))/a/v
ps=[0.05,0.3,0.5,1,1.5,2,3,7.25,10,25.5,100,1234.5,5e4,1e6]
for a in ps:
    for b in ps:
        m=a/(a+b); s=(a*b/((a+b)**2*(a+b+1)))**.5
        for x in [m, m-3*s, m+3*s, m+ (random.random()-.5)*2*s, random.random()]:
            if not 1e-12<x<1-1e-12: continue
            v=ibeta(x,a,b)
            if v==0 or abs(mp.log10(v))>290: continue
            out["beta"].append([x,a,b,float(v)])
json.dump(out,open(__import__('sys').argv[1],'w'))
for x,a,b,v in out["beta"]:
    if a<200 and b<200:
        w=mp.betainc(mp.mpf(a),mp.mpf(b),0,mp.mpf(x),regularized=True)
        assert abs(w-v)<=1e-15*abs(w)+mp.mpf(10)**-290,(x,a,b,v,w)
print(len(out["beta"]))
