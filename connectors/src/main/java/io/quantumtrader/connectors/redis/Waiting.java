package io.quantumtrader.connectors.redis;

import java.util.concurrent.TimeUnit;

/** What a task waits for, if it does. Written by the task's thread, read by any. */
public final class Waiting {

  private record Since(String why, long nanos) {}

  private volatile Since since;

  /** Notes a failure that is waited out; the time runs from the first of several. */
  public void failed(String why) {
    Since before = since;
    since = new Since(why, before == null ? System.nanoTime() : before.nanos());
  }

  /** Notes that there is nothing to wait for. */
  public void ended() {
    since = null;
  }

  /** Returns what it waits for; empty while it works. */
  public String why() {
    Since now = since;
    return now == null ? "" : now.why();
  }

  /** Returns for how long it has waited, milliseconds; 0 while it works. */
  public long millis() {
    Since now = since;
    return now == null ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - now.nanos());
  }
}
