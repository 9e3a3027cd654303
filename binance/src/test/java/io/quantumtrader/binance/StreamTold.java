package io.quantumtrader.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What a stream told its owner, in order; the owner can hold it up. */
final class StreamTold implements StreamListener {

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final Semaphore gate = new Semaphore(0);
  private volatile boolean dead = true;
  private volatile boolean stepwise;

  String next() throws InterruptedException {
    String event = heard.poll(20, TimeUnit.SECONDS);
    return event == null ? "nothing" : event;
  }

  List<String> rest() {
    return List.copyOf(heard);
  }

  /** From now on each message waits for a step. */
  void hold() {
    stepwise = true;
  }

  void awaitHeld() throws InterruptedException {
    until(gate::hasQueuedThreads);
  }

  /** Lets so many messages on. */
  void step(int count) {
    gate.release(count);
  }

  @Override
  public void connected() {
    heard.add("connected");
  }

  @Override
  public void renewed() {
    heard.add("renewed");
  }

  @Override
  public void disconnected(String why) {
    heard.add("disconnected " + why);
  }

  @Override
  public void message(String text) {
    if (text.equals("fail")) {
      throw new IllegalStateException("a message that its owner cannot take");
    }
    if (stepwise) {
      gate.acquireUninterruptibly();
    }
    if (!threads.contains(Thread.currentThread())) {
      threads.add(Thread.currentThread());
    }
    heard.add(text);
  }

  @Override
  public boolean isDead(Duration silence) {
    heard.add("silent " + silence.toSeconds());
    return dead;
  }

  void dead(boolean isDead) {
    dead = isDead;
  }

  List<Thread> threads() {
    return threads;
  }

  static void until(BooleanSupplier holds) throws InterruptedException {
    for (int i = 0; i < 1_000 && !holds.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(holds.getAsBoolean()).isTrue();
  }
}
