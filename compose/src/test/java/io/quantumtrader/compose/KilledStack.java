package io.quantumtrader.compose;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/** A program for {@link StackKillTest}: starts the children of a stack and waits to be killed. */
final class KilledStack {
  /** The first word of the line that is printed when all is up; the parts follow. */
  static final String READY = "READY";

  private KilledStack() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments the Kafka address to use and, if wanted, the data directory
   */
  public static void main(String[] arguments) throws InterruptedException {
    StackSettings settings = StackSettings.embedded().withKafkaAt(arguments[0]).withoutConnect();
    Optional<Path> kept =
        arguments.length > 1 ? Optional.of(Path.of(arguments[1])) : Optional.empty();
    Stack stack = Stack.start(kept.map(settings::keptIn).orElse(settings), Progress.silent());
    String children =
        ProcessHandle.current()
            .descendants()
            .map(child -> Long.toString(child.pid()))
            .collect(Collectors.joining(","));
    System.out.println(
        String.join(
            " ",
            READY,
            children,
            stack.directory("any").getParent().toString(),
            stack.schemaRegistryUrl(),
            stack.redisUri()));
    Thread.sleep(Long.MAX_VALUE);
  }
}
