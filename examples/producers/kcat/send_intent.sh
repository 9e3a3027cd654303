#!/bin/sh
# Sends one intent to open a position, and prints its id; the outcome is on quantum.decision.
#
#     send_intent.sh ACCOUNT SYMBOL ACTION MARGIN LEVERAGE
#
# The addresses are in the environment: BOOTSTRAP_SERVERS and SCHEMA_REGISTRY. Needs kcat, and, since kcat reads
# Avro but does not write it, Python with `avro`; Debian's kcat and python3-avro.
set -eu

message=$(mktemp)
trap 'rm -f "$message"' EXIT

id=$(python3 - "$message" "$@" <<'PYTHON'
import json, os, struct, sys, time, urllib.request, uuid
from decimal import Context, Decimal

import avro.io, avro.schema

message, account, symbol, action, margin, leverage = sys.argv[1:]
latest = os.environ["SCHEMA_REGISTRY"] + "/subjects/quantum.trade.intent-value/versions/latest"
with urllib.request.urlopen(latest) as answer:
    latest = json.load(answer)
schema = avro.schema.parse(latest["schema"])
# The library fills in no defaults when it writes, and does not bring a decimal to its scale.
amount = Decimal(margin).quantize(Decimal("1e-18"), context=Context(prec=38))
intent = {field.name: field.default for field in schema.fields if field.has_default} | {
    "intentId": str(uuid.uuid4()), "account": account, "symbol": symbol, "action": action,
    "sizing": "MARGIN", "amount": amount, "leverage": float(leverage),
    "source": "kcat", "createdAtMs": int(time.time() * 1000),
}
# A zero, the id in four bytes, the record.
with open(message, "wb") as file:
    file.write(struct.pack(">bI", 0, latest["id"]))
    avro.io.DatumWriter(schema).write(intent, avro.io.BinaryEncoder(file))
print(intent["intentId"])
PYTHON
)

# A file is one message. On standard input each line would be one, and a value may have line feeds in it.
kcat -P -b "$BOOTSTRAP_SERVERS" -t quantum.trade.intent -k "$1" "$message"
echo "$id"
