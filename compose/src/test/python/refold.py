#!/usr/bin/env python3
"""Checks a dump from outside: refolds the results into the ledger, recounts the outcomes of the
intents, the exits and their reasons, and compares the old Redis keys with the topics' last values.

Usage: refold.py DUMP_DIR [SUMMARY.json]
Exit code 0 when everything agrees; each disagreement is one line on standard error.
"""
import json
import os
import sys
from decimal import Decimal, getcontext

getcontext().prec = 60
STEP = Decimal(1).scaleb(-18)
problems = []


def problem(text):
    problems.append(text)
    print(text, file=sys.stderr)


def lines(directory, topic):
    with open(os.path.join(directory, topic + ".jsonl"), encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def last_values(directory, topic):
    last = {}
    for line in lines(directory, topic):
        if line["value"] is None:
            last.pop(line["key"], None)
        else:
            last[line["key"]] = line["value"]
    return last


def new_row():
    zero = Decimal(0)
    return {
        "amount": zero, "entry": zero, "pnl": zero, "fees": zero, "rungs": {}, "stop": None, "plan": ""
    }


def move_stop(row, result):
    """Takes in the stop that the executor put in place; it may only become tighter."""
    stop = Decimal(result["stopPrice"])
    before = row["stop"]
    if before is not None and (stop - before) * (1 if row["amount"] > 0 else -1) < 0:
        problem(f"{result['symbol']}: stop moved from {before} to {stop} with {row['amount']} open")
    row["stop"] = stop


def close_reason(result):
    if result["trigger"] != "NONE":
        return result["trigger"]
    return "INTENT" if result["origin"] == "PLAN" else result["origin"]


def refold(results, closes):
    """Folds fills into positions: signed quantity, average entry, realised profit, fees, the rungs
    taken and the last stop that was moved; closing fills are counted by their reason."""
    book = {}
    seen = set()
    for line in results:
        result = line["value"]
        fill = result["fill"]
        key = result["account"] + ":" + result["symbol"]
        if fill is None:
            if result["outcome"] == "PROTECTED" and result["stopPrice"] and key in book and book[key]["amount"]:
                move_stop(book[key], result)
            continue
        if (result["account"], fill["fillId"]) in seen:
            continue
        seen.add((result["account"], fill["fillId"]))
        row = book.setdefault(key, new_row())
        price, quantity = Decimal(fill["price"]), Decimal(fill["quantity"])
        change = quantity if result["side"] == "BUY" else -quantity
        row["fees"] += Decimal(fill["fee"])
        amount = row["amount"]
        if amount == 0:
            row["rungs"], row["stop"], row["plan"] = {}, None, result["planId"]
        if amount == 0 or (amount > 0) == (change > 0):
            row["entry"] = (abs(amount) * row["entry"] + quantity * price) / (abs(amount) + quantity)
            row["amount"] = amount + change
            continue
        reason = close_reason(result)
        closes[reason] = closes.get(reason, 0) + 1
        if reason == "RUNG":
            # A plan that is filled in parts carries its rung in each part.
            if row["rungs"].setdefault(result["rung"], result["planId"]) != result["planId"]:
                problem(f"{key}: rung {result['rung']} was taken before in this position")
        if result["reduceOnly"] and quantity > abs(amount):
            problem(f"{key}: {quantity} closed of {abs(amount)} open")
        closed = min(abs(amount), quantity)
        row["pnl"] += closed * (price - row["entry"]) * (1 if amount > 0 else -1)
        row["amount"] = amount + change
        if row["amount"] == 0:
            row["entry"] = Decimal(0)
        elif (row["amount"] > 0) != (amount > 0):
            row["entry"] = price
            row["rungs"], row["stop"], row["plan"] = {}, None, result["planId"]
    return book


def near(a, b, tolerance=Decimal("1e-9")):
    return abs(a - b) <= tolerance


def check_ledger(directory):
    closes = {}
    book = refold(lines(directory, "quantum.apply.result"), closes)
    plans = {line["value"]["planId"]: line["value"] for line in lines(directory, "quantum.apply.plan")}
    ledger = last_values(directory, "quantum.position.ledger")
    if set(book) != set(ledger):
        problem(f"ledger rows {sorted(ledger)} but fills for {sorted(book)}")
    for key in sorted(set(book) & set(ledger)):
        row, mine = ledger[key], book[key]
        sign = {"LONG": 1, "SHORT": -1, "FLAT": 0}[row["side"]]
        amount = sign * Decimal(row["quantity"])
        if amount != mine["amount"]:
            problem(f"{key}: ledger amount {amount}, fills give {mine['amount']}")
        for name, field in (("entry", "entryPrice"), ("pnl", "realizedPnl"), ("fees", "fees")):
            if not near(Decimal(row[field]), mine[name]):
                problem(f"{key}: ledger {field} {row[field]}, fills give {mine[name]}")
        if amount != 0:
            check_protection(key, row, mine, plans.get(mine["plan"]))
    return book, ledger, closes


def check_protection(key, row, mine, plan):
    """An open row names the rungs that fills carried, the stop in place and the target."""
    if row["rungsTaken"] != sorted(mine["rungs"]):
        problem(f"{key}: ledger rungsTaken {row['rungsTaken']}, fills give {sorted(mine['rungs'])}")
    if plan is None:
        return
    stop = mine["stop"] if mine["stop"] is not None else plan["stopPrice"]
    for field, expected in (("stopPrice", stop), ("targetPrice", plan["targetPrice"])):
        given = row[field]
        if (given is None) != (expected is None) or (given and Decimal(given) != Decimal(expected)):
            problem(f"{key}: ledger {field} {given}, plan and results give {expected}")


def check_outcomes(directory, summary):
    intents = lines(directory, "quantum.trade.intent")
    outcomes = {}
    denials = {}
    for line in lines(directory, "quantum.decision"):
        decision = line["value"]
        if decision["causeType"] != "INTENT" or decision["verdict"] not in ("GRANTED", "DENIED"):
            continue
        key = (decision["account"], decision["causeId"])
        outcomes[key] = outcomes.get(key, 0) + 1
        if decision["verdict"] == "DENIED":
            denials[decision["code"]] = denials.get(decision["code"], 0) + 1
    sent = {}
    for line in intents:
        key = (line["value"]["account"], line["value"]["intentId"])
        sent[key] = sent.get(key, 0) + 1
    if sent != outcomes:
        problem(f"{len(intents)} intents but outcomes for {sum(outcomes.values())}")
    plans = [p for p in lines(directory, "quantum.apply.plan") if p["value"]["intentId"]]
    if len(intents) != len(plans) + sum(denials.values()):
        problem(f"{len(intents)} intents, {len(plans)} plans, {sum(denials.values())} denials")
    finals = {}
    for line in lines(directory, "quantum.apply.result"):
        if line["value"]["finalResult"] and line["value"]["planId"]:
            plan = line["value"]["planId"]
            finals[plan] = finals.get(plan, 0) + 1
    for plan in lines(directory, "quantum.apply.plan"):
        if finals.get(plan["value"]["planId"], 0) != 1:
            problem(f"plan {plan['value']['planId']}: {finals.get(plan['value']['planId'], 0)} final results")
    if summary:
        if summary["intents"] != len(intents) or summary["denials"] != denials:
            problem(f"summary says {summary['intents']} intents, {summary['denials']}; dump {len(intents)}, {denials}")
    return len(intents), len(plans), denials


def check_exits(directory, summary, closes):
    held = {}
    for line in lines(directory, "quantum.decision"):
        decision = line["value"]
        if decision["causeType"] == "PROPOSAL" and decision["verdict"] == "DENIED":
            held[decision["code"]] = held.get(decision["code"], 0) + 1
    plans = 0
    for line in lines(directory, "quantum.apply.plan"):
        plan = line["value"]
        if plan["action"] == "ENTRY":
            continue
        plans += 0 if plan["intentId"] else 1
        if not plan["reduceOnly"] or Decimal(plan["quantity"]) <= 0 or plan["permit"]["kind"] != "P26":
            problem(f"plan {plan['planId']}: an exit has to reduce a position, by something, with p26")
    if summary:
        for name, mine in (("exitPlans", plans), ("held", held), ("closes", closes)):
            if summary[name] != mine:
                problem(f"summary says {name} {summary[name]}; dump {mine}")
    return plans


def check_money(summary, book):
    cent = Decimal("0.01")
    end = Decimal(summary["equityEnd"])
    sums = (
        Decimal(summary["equityStart"])
        + Decimal(summary["realizedPnl"])
        + Decimal(summary["unrealizedPnl"])
        - Decimal(summary["fees"])
    )
    if end.quantize(cent) != sums.quantize(cent):
        problem(f"equityEnd {end} but start + realised + unrealised - fees = {sums}")
    realized = sum((row["pnl"] for row in book.values()), Decimal(0))
    if not near(realized, Decimal(summary["realizedPnl"]), Decimal("1e-6")):
        problem(f"summary realizedPnl {summary['realizedPnl']}, fills give {realized}")


def check_redis(directory, ledger, summary):
    path = os.path.join(directory, "redis.jsonl")
    if not os.path.exists(path):
        return 0
    with open(path, encoding="utf-8") as file:
        redis = {
            row["key"].replace("quantum:shadow:", "quantum:"): row for row in map(json.loads, file)
        }
    if summary and summary["redisKeys"] != len(redis):
        problem(f"summary says {summary['redisKeys']} Redis keys, the dump has {len(redis)}")
    compared = 0

    def hash_of(key, topic_key):
        row = redis.get(key)
        if row is None:
            problem(f"Redis has no {key} for {topic_key}")
            return None
        return row["value"]

    def equal(key, fields, name, expected):
        nonlocal compared
        compared += 1
        if fields.get(name) is None or not near(Decimal(fields[name]), expected, Decimal("1e-7")):
            problem(f"{key} {name}={fields.get(name)}, the topic says {expected}")

    for topic_key, row in ledger.items():
        account, symbol = topic_key.split(":")
        prefix = "quantum" if account == "main" else "quantum:" + account
        key = f"{prefix}:position:ledger:{symbol}"
        fields = hash_of(key, topic_key)
        if fields is not None:
            sign = {"LONG": 1, "SHORT": -1, "FLAT": 0}[row["side"]]
            equal(key, fields, "position_amt", sign * Decimal(row["quantity"]))
            equal(key, fields, "entry_price", Decimal(row["entryPrice"]))
    snapshots = last_values(directory, "quantum.position.snapshot")
    for topic_key, row in snapshots.items():
        account, symbol = topic_key.split(":")
        prefix = "quantum" if account == "main" else "quantum:" + account
        key = f"{prefix}:state:positions:{symbol}"
        fields = hash_of(key, topic_key)
        if fields is not None:
            equal(key, fields, "quantity", Decimal(row["quantity"]))
            equal(key, fields, "entry_price", Decimal(row["entryPrice"]))
            equal(key, fields, "mark_price", Decimal(row["markPrice"]))
    for key in redis:
        parts = key.split(":")
        if key.startswith("quantum:state:positions:") and "main:" + parts[-1] not in snapshots:
            problem(f"{key} is in Redis but the position is flat")
    proposals = last_values(directory, "quantum.harvest.calibrated")
    for topic_key, row in proposals.items():
        account, symbol = topic_key.split(":")
        prefix = "quantum" if account == "main" else "quantum:" + account
        key = f"{prefix}:harvest:proposal:{symbol}"
        fields = hash_of(key, topic_key)
        if fields is not None:
            equal(key, fields, "kill_score", Decimal(repr(row["killScore"])))
            equal(key, fields, "calibrated", Decimal(int(row["calibration"]["calibrated"])))
            if fields.get("harvest_action") != row["action"] or fields.get("action") != row["calibration"]["action"]:
                problem(f"{key} has other actions than {topic_key}")
    for key in redis:
        parts = key.split(":")
        if key.startswith("quantum:harvest:proposal:") and "main:" + parts[-1] not in proposals:
            problem(f"{key} is in Redis but there is no proposal")
    for topic_key, row in last_values(directory, "quantum.market.state").items():
        key = f"quantum:marketstate:{topic_key}"
        fields = redis.get(key, {}).get("value")
        if fields is not None:  # expires 600 s after its last write
            equal(key, fields, "sigma", Decimal(repr(row["sigma"])))
            equal(key, fields, "ts_timestamp", Decimal(row["asOfMs"] // 1000))
    return compared


def main():
    directory = sys.argv[1]
    summary = json.load(open(sys.argv[2], encoding="utf-8")) if len(sys.argv) > 2 else None
    book, ledger, closes = check_ledger(directory)
    intents, plans, denials = check_outcomes(directory, summary)
    exits = check_exits(directory, summary, closes)
    if summary:
        check_money(summary, book)
    compared = check_redis(directory, ledger, summary)
    print(
        f"{len(book)} ledger rows refolded, {intents} intents = {plans} plans + "
        f"{sum(denials.values())} denials, {exits} exit plans, closes {closes}, {compared} Redis fields compared, {len(problems)} problems"
    )
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
