package io.quantumtrader.connectors.legacy;

/** Signals in their older form, as intents with ids apart from those of {@link SignalEntries}. */
public final class LiveSignalEntries extends SignalEntries {

  /** For the mapping. */
  public LiveSignalEntries() {
    super("live");
  }
}
