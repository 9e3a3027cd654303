package io.quantumtrader.compose.up;

/** A part of the pipeline that `--without` can leave out, for a start in phases. */
public enum Part {
  /** The stages: the Kafka Streams application. */
  STREAMS,
  /** The executor with the paper exchange. */
  EXECUTOR,
  /** The agent that makes intents from market states. */
  AGENT,
  /** The Redis sink and source. */
  REDIS,
  /** The market feed. */
  FEED,
  /** The page and its interface. */
  CONSOLE
}
