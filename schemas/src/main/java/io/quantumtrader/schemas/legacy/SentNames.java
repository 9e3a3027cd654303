package io.quantumtrader.schemas.legacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The names of fields that the old contract and its documents use. A name that is not among them is
 * ignored, and that must not be silent: money was lost through a field read under a wrong name.
 */
final class SentNames {

  private static final Set<String> READ =
      Set.of(
          "account",
          "symbol",
          "intent_action",
          "action",
          "side",
          "reduceOnly",
          "reduce_only",
          "quantity",
          "qty",
          "position_usd",
          "size",
          "position_size_usd",
          "fraction",
          "percentage",
          "qty_fraction",
          "close_fraction",
          "price",
          "entry_price",
          "leverage",
          "stop_loss",
          "take_profit",
          "sl",
          "tp",
          "sl_pct",
          "tp_pct",
          "stop_loss_pct",
          "take_profit_pct",
          "atr_value",
          "volatility_factor",
          "confidence",
          "regime",
          "reason",
          "source",
          "timestamp",
          "intent_type",
          "intent_id",
          "id");

  /** What producers of the contract send and nobody acts on. */
  private static final Set<String> PASSED_OVER =
      Set.of(
          "payload",
          "data",
          "event_type",
          "trace_id",
          "correlation_id",
          "type",
          "model",
          "meta_strategy",
          "consensus_count",
          "total_models",
          "model_breakdown",
          "exchange_divergence",
          "funding_rate",
          "ai_leverage",
          "ai_size_usd",
          "ai_harvest_policy",
          "harvest_policy",
          "patch",
          "urgency",
          "hold_score",
          "exit_score",
          "R_net",
          "pnl_usd",
          "exit_price",
          "ts_epoch");

  private SentNames() {}

  /** Returns the names that are read, in alphabetical order. */
  static List<String> read() {
    return READ.stream().sorted(String.CASE_INSENSITIVE_ORDER).toList();
  }

  /** Returns the names that producers send and nobody acts on, in alphabetical order. */
  static List<String> passedOver() {
    return PASSED_OVER.stream().sorted(String.CASE_INSENSITIVE_ORDER).toList();
  }

  /** Returns the unknown names of a message and of the envelope around it, each once, as sent. */
  static List<String> unknown(SentFields message, SentFields envelope) {
    List<String> unknown = new ArrayList<>();
    for (SentFields fields : new SentFields[] {message, envelope}) {
      for (String name : fields.names()) {
        String shown = SentFields.shown(name);
        if (!READ.contains(name) && !PASSED_OVER.contains(name) && !unknown.contains(shown)) {
          unknown.add(shown);
        }
      }
    }
    return List.copyOf(unknown);
  }
}
