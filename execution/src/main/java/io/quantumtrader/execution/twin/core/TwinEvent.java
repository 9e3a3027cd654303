package io.quantumtrader.execution.twin.core;

import com.fasterxml.jackson.databind.JsonNode;

/** Something that the exchange tells on its streams. */
public sealed interface TwinEvent {

  /** Returns the event as it is sent. */
  JsonNode body();

  /** Told to one account. */
  record User(String account, String type, JsonNode body) implements TwinEvent {}

  /**
   * Told to everybody.
   *
   * @param stream the stream's name, for example {@code btcusdt@kline_1m}
   */
  record Market(String stream, JsonNode body) implements TwinEvent {}
}
