package io.quantumtrader.app.service;

import io.quantumtrader.app.parts.RunningParts;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A service in a process of its own whose one part stops at once, or never. */
final class SlowService {

  private SlowService() {}

  /** Runs it; the argument says whether it ever stops. */
  public static void main(String[] arguments) throws Exception {
    boolean stops = Boolean.parseBoolean(arguments[0]);
    ServiceRun.Body body =
        (RunningParts parts, Consumer<Throwable> onFailure) -> {
          AutoCloseable unused = parts.add("part", () -> close(stops));
          return () -> true;
        };
    System.exit(ServiceRun.run("slow", new HealthFile(), body));
  }

  private static void close(boolean stops) throws InterruptedException {
    if (!stops) {
      new CountDownLatch(1).await();
    }
  }
}
