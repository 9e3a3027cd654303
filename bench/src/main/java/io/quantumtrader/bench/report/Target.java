package io.quantumtrader.bench.report;

import java.util.List;

/**
 * A line of the table of targets.
 *
 * @param title what is measured
 * @param once what it was when the targets were set: one run on two cores
 * @param atLeast what has to be reached
 * @param later what is hoped for later, or empty
 * @param figures ids of the figures that say what it is, one value for each part of the line
 * @param ofLoop whether the ratio to the loop is meant
 */
record Target(
    String title, String once, String atLeast, String later, List<String> figures, boolean ofLoop) {

  static final List<Target> ALL =
      List.of(
          new Target(
              "accepted intents against the loop",
              "0.084",
              "0.25",
              "0.6",
              List.of("entries.accepted.rate"),
              true),
          new Target(
              "processor time of an accepted / a denied intent, stream threads and clients, us",
              "318 / 94",
              "100 / 25",
              "60 / 15",
              List.of("entries.accepted.clients", "entries.denied.clients"),
              false),
          new Target(
              "accepted intents against the loop, tuned for throughput",
              "not there",
              "0.25",
              "0.6",
              List.of("entries-throughput.accepted.rate"),
              true),
          new Target(
              "the same processor time, tuned for throughput, us",
              "not there",
              "100 / 25",
              "60 / 15",
              List.of("entries-throughput.accepted.clients", "entries-throughput.denied.clients"),
              false),
          new Target(
              "granted decision, us / bytes",
              "18 / 50 000",
              "5 / 4 000",
              "",
              List.of("decisions.granted.time", "decisions.granted.bytes"),
              false),
          new Target(
              "market states of 257 closes, the kernel alone on one core, states/s",
              "about 2 600",
              "15 000",
              "30 000",
              List.of("kernel.rate"),
              false),
          new Target(
              "one open position through one candle, of 10 000, processor us",
              "about 370",
              "60",
              "30",
              List.of("exits.many.processor"),
              false),
          new Target(
              "candle through the market stage: stream thread without kernel / the rest, us",
              "about 115 / 370",
              "half",
              "a quarter",
              List.of("candles.stage", "candles.rest"),
              false),
          new Target(
              "intent to Redis key at 1000/s, p99, ms",
              "440 (busy machine)",
              "80",
              "60",
              List.of("latency.1000.redis.p99"),
              false),
          new Target(
              "./quantum up to Running, s", "17", "12", "8", List.of("start.running"), false));
}
