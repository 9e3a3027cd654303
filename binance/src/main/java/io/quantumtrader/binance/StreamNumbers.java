package io.quantumtrader.binance;

import java.util.List;

/**
 * What a stream has done so far, over all its connections.
 *
 * @param wanted how many connections there should be, 0 where nobody listens
 * @param standing how many stand
 * @param reconnects how many were opened after the first ones, planned ones included
 * @param messages whole text messages taken
 * @param gapsFilled how often what may have been missed was asked for and answered
 * @param messageAgeMs milliseconds since the last message, or since it began where none came; -1
 *     where nobody listens
 * @param silenceMs the same for a frame of any kind, the exchange's pings among them, the answers
 *     to our own not; time without a connection does not count; of several connections that of the
 *     most silent one
 */
public record StreamNumbers(
    long wanted,
    long standing,
    long reconnects,
    long messages,
    long gapsFilled,
    long messageAgeMs,
    long silenceMs) {

  /** Those of a stream that nobody listens to. */
  public static final StreamNumbers NONE = new StreamNumbers(0, 0, 0, 0, 0, -1, -1);

  /** Returns those of several connections as one. */
  public static StreamNumbers all(List<StreamNumbers> each) {
    return each.stream().reduce(NONE, StreamNumbers::with);
  }

  private StreamNumbers with(StreamNumbers other) {
    return new StreamNumbers(
        wanted + other.wanted,
        standing + other.standing,
        reconnects + other.reconnects,
        messages + other.messages,
        gapsFilled + other.gapsFilled,
        Math.max(messageAgeMs, other.messageAgeMs),
        Math.max(silenceMs, other.silenceMs));
  }
}
