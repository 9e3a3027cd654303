package io.quantumtrader.app.service;

import java.util.List;

/** A stream of signals in Redis that can be read as intents; off unless it is asked for. */
public enum SignalStream {
  /** Signals of the model. */
  AI("stream:ai.signal_generated"),
  /** The same in their older form. */
  LIVE("stream:live_signals");

  /** The option's name. */
  public static final String OPTION = "--signals";

  /** How its value is shown. */
  public static final String LABEL = "ai,live";

  /** What the option does. */
  public static final String DESCRIPTION =
      "Read signals from Redis as intents: ai is the stream ai.signal_generated, live is"
          + " live_signals; either or both. riskPerTrade of the policy sizes them. Default: none.";

  private final String stream;

  SignalStream(String stream) {
    this.stream = stream;
  }

  /** Returns the names of streams, without prefix. */
  public static List<String> names(List<SignalStream> streams) {
    return streams.stream().map(each -> each.stream).distinct().toList();
  }
}
