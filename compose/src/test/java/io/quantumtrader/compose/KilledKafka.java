package io.quantumtrader.compose;

import java.nio.file.Path;

/** A program for {@link KafkaKillTest}: starts a broker on a directory and waits to be killed. */
final class KilledKafka {
  /** The first word of the line that is printed when it takes requests; its address follows. */
  static final String READY = "READY";

  private KilledKafka() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments the data directory
   */
  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]));
    System.out.println(READY + " " + kafka.bootstrapServers() + " " + kafka.clusterId());
    Thread.sleep(Long.MAX_VALUE);
  }
}
