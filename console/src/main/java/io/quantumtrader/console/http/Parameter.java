package io.quantumtrader.console.http;

import java.util.Locale;

/** What a request may ask for more exactly. */
enum Parameter {
  ACCOUNT("exchange account; all without it"),
  SYMBOL("instrument; all without it"),
  ABOUT("id of an intent, a plan or anything else that was decided about"),
  STAGE("stage that decided"),
  VERDICT("GRANTED, DENIED or RECORDED"),
  CODE("reason code"),
  BY("what trades are grouped by: all, symbol, side, exit, regime, source or day"),
  ID("intent, plan, decision, position or symbol"),
  PLACE("place of a dead letter, PARTITION:OFFSET"),
  LIMIT("how many rows at most"),
  FORMAT("json, or csv; json without it");

  private final String meaning;

  Parameter(String meaning) {
    this.meaning = meaning;
  }

  /** Returns the name in a query. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what it is, for the description of the interface. */
  String meaning() {
    return meaning;
  }
}
