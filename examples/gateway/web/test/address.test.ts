import { describe, expect, it } from "vitest";
import { parseRoute, routeTo, sameRoute } from "../src/route.js";
import { authToken, splitToken } from "../src/token.js";

describe("a route", () => {
  it("leads to an interface or a disk of any name", () => {
    expect(parseRoute(routeTo("disk", "tank/data é"))).toEqual({ view: "disk", name: "tank/data é" });
    expect(parseRoute("#/interface/eth0")).toEqual({ view: "interface", name: "eth0" });
  });
  it("leads to the overview when it leads nowhere", () => {
    for (const fragment of ["", "#", "#/", "#/interface/", "#/else/x", "#/disk/%E0%A4%A"]) {
      expect(parseRoute(fragment)).toEqual({ view: "overview" });
    }
  });
  it("is the same when view and name are", () => {
    expect(sameRoute(parseRoute("#/disk/a"), parseRoute("#/disk/a"))).toBe(true);
    expect(sameRoute(parseRoute("#/disk/a"), parseRoute("#/interface/a"))).toBe(false);
    expect(sameRoute(parseRoute("#/disk/a"), parseRoute(""))).toBe(false);
  });
});

describe("a token in the address", () => {
  it("is taken from the fragment, and out of it", () => {
    expect(splitToken("http://gateway.test:4000/#token=a%20b")).toEqual({
      token: "a b",
      address: "http://gateway.test:4000/",
    });
  });
  it("is not looked for in the query, which proxies and servers write down", () => {
    const address = "http://gateway.test/x?a=1&token=s#/disk/sda";
    expect(splitToken(address)).toEqual({ token: null, address });
  });
  it("is none when there is none", () => {
    const address = "http://gateway.test/#/interface/eth0";
    expect(splitToken(address)).toEqual({ token: null, address });
  });
});

describe("a token for phoenix.js", () => {
  it("is its bytes, which btoa takes", () => {
    expect(btoa(authToken("open sesame"))).toBe("b3BlbiBzZXNhbWU=");
    expect(btoa(authToken("Schlüssel €"))).toBe("U2NobMO8c3NlbCDigqw=");
  });
  it("is empty when there is none", () => expect(authToken(null)).toBe(""));
});
