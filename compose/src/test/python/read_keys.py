#!/usr/bin/env python3
"""Reads the old keys from Redis as the services of the old system do, in their own language, and
prints what they make of them as one JSON object. Speaks RESP itself, so that nothing is needed but
Python.

Usage: REDIS_PASSWORD=secret read_keys.py HOST PORT SYMBOL PLAN_ID
Exit code 0 when each key can be read as its reader reads it; otherwise a line on standard error.
"""
import json
import os
import socket
import sys


class Redis:
    def __init__(self, host, port, password):
        self.socket = socket.create_connection((host, port), timeout=10)
        self.file = self.socket.makefile("rb")
        if password:
            self.call("AUTH", password)

    def call(self, *words):
        parts = [b"*%d\r\n" % len(words)]
        for word in words:
            data = str(word).encode("utf-8")
            parts.append(b"$%d\r\n%s\r\n" % (len(data), data))
        self.socket.sendall(b"".join(parts))
        return self.reply()

    def reply(self):
        line = self.file.readline()[:-2]
        kind, rest = line[:1], line[1:].decode("utf-8")
        if kind == b"-":
            raise ValueError(rest)
        if kind == b"+":
            return rest
        if kind == b":":
            return int(rest)
        if kind == b"$":
            if int(rest) < 0:
                return None
            return self.file.read(int(rest) + 2)[:-2].decode("utf-8")
        return [self.reply() for _ in range(int(rest))]

    def hash(self, key):
        flat = self.call("HGETALL", key)
        return dict(zip(flat[::2], flat[1::2]))

    def last_entry(self, stream):
        """Names in their order, and contents."""
        entry = self.call("XREVRANGE", stream, "+", "-", "COUNT", 1)[0][1]
        return entry[::2], dict(zip(entry[::2], entry[1::2]))


def permit(redis, plan_id, quantity):
    """The intent executor: safe_close_qty or else safe_qty bounds the plan's quantity."""
    key = "quantum:permit:p33:" + plan_id
    value = json.loads(redis.call("GET", key))
    safe = value.get("safe_close_qty") or value.get("safe_qty")
    return {
        "allow": value["allow"] is True,
        "executes": min(abs(quantity), abs(float(safe))) if safe else abs(quantity),
        "apply_layer_executes": float(value.get("safe_close_qty", 0)),
        "ttl": redis.call("TTL", key),
    }


def plan(redis):
    names, value = redis.last_entry("quantum:stream:apply.plan")
    return {
        "names": names,
        "plan_id": value["plan_id"],
        "qty": float(value["qty"]),
        "reduce_only": value["reduceOnly"].lower() in ("true", "1", "yes"),
        "leverage": max(1, min(125, int(float(value["leverage"])))),
    }


def result(redis):
    names, value = redis.last_entry("quantum:stream:apply.result")
    details = json.loads(value["details"])
    return {
        "names": names,
        "executed": value["executed"] == "true" and details["executed"] is True,
        "filled_qty": details["filled_qty"],
        "order_status": details["order_status"],
    }


def position(redis, symbol):
    """The bridge, the reconciler and the portfolio gate."""
    ledger = redis.hash("quantum:position:ledger:" + symbol)
    state = redis.hash("quantum:state:positions:" + symbol)
    return {
        "ledger_amt": float(ledger["ledger_amt"]),
        "ledger_side": ledger["ledger_side"],
        "leverage": int(ledger["leverage"]),
        "position_amt": float(state["position_amt"]),
        "ts_epoch": int(state["ts_epoch"]),
        "notional": abs(float(state["position_amt"]) * float(state["mark_price"])),
        "notional_usd": float(state["notional_usd"]),
        "risk_missing": int(state["risk_missing"]),
        "ttl": redis.call("TTL", "quantum:state:positions:" + symbol),
    }


def universe(redis):
    """The allowlist of the executor and the apply layer."""
    meta = redis.hash("quantum:cfg:universe:meta")
    active = json.loads(redis.call("GET", "quantum:cfg:universe:active"))
    return {
        "usable": int(meta.get("stale", 1)) != 1 and int(meta["count"]) > 0,
        "symbols": active["symbols"],
        "asof": int(meta["asof_epoch"]),
    }


def market(redis, symbol):
    value = redis.hash("quantum:marketstate:" + symbol)
    return {name: float(value[name]) for name in ("sigma", "mu", "ts", "p_trend", "p_mr", "p_chop")}


def main():
    host, port, symbol, plan_id = sys.argv[1:]
    redis = Redis(host, int(port), os.environ.get("REDIS_PASSWORD", ""))
    published = plan(redis)
    print(
        json.dumps(
            {
                "permit": permit(redis, plan_id, published["qty"]),
                "plan": published,
                "result": result(redis),
                "position": position(redis, symbol),
                "universe": universe(redis),
                "market": market(redis, symbol),
            }
        )
    )


if __name__ == "__main__":
    try:
        main()
    except (KeyError, IndexError, TypeError, ValueError, OSError) as error:
        sys.exit("read_keys.py: %s: %s" % (type(error).__name__, error))
