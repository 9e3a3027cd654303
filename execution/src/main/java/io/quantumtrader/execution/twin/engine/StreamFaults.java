package io.quantumtrader.execution.twin.engine;

import java.util.Random;

/** What goes wrong on the streams next. Thread-safe. */
public final class StreamFaults {

  /** What becomes of an event of the user stream. */
  public enum Fate {
    /** It is sent. */
    SEND,
    /** It is sent twice. */
    TWICE,
    /** It is sent after the one that follows. */
    LATER,
    /** It is never sent. */
    LOST,
    /** It is never sent, and the connection is cut. */
    CUT
  }

  private final Random random;
  private boolean silentUsers;
  private boolean silentMarket;
  private int twice;
  private int later;
  private int lost;
  private String cutAt = "";
  private double twiceShare;
  private double laterShare;

  StreamFaults(long seed) {
    random = new Random(seed);
  }

  /** Lets user streams say nothing while they stay connected. */
  public synchronized void silenceUsers(boolean on) {
    silentUsers = on;
  }

  /** Lets market streams say nothing while they stay connected. */
  public synchronized void silenceMarket(boolean on) {
    silentMarket = on;
  }

  /** Sends the next user events twice. */
  public synchronized void twice(int count) {
    twice = count;
  }

  /** Sends each of the next user events after the one that follows it. */
  public synchronized void later(int count) {
    later = count;
  }

  /** Loses the next user events. */
  public synchronized void lose(int count) {
    lost = count;
  }

  /** Cuts the user streams in place of the next event of a type; empty for none. */
  public synchronized void cutAt(String type) {
    cutAt = type;
  }

  /** Returns whether the event at which the user streams are to be cut has not come yet. */
  public synchronized boolean isCutWanted() {
    return !cutAt.isEmpty();
  }

  /** Doubles and delays a share of all user events by seed, each 0 to 1. */
  public synchronized void random(double doubled, double delayed) {
    twiceShare = doubled;
    laterShare = delayed;
  }

  /** Returns whether market streams say nothing. */
  public synchronized boolean isMarketSilent() {
    return silentMarket;
  }

  /** Decides over a user event, and uses up what was wanted. */
  public synchronized Fate fate(String type) {
    if (!cutAt.isEmpty() && cutAt.equals(type)) {
      cutAt = "";
      return Fate.CUT;
    }
    if (silentUsers) {
      return Fate.LOST;
    }
    if (lost > 0) {
      lost--;
      return Fate.LOST;
    }
    if (twice > 0) {
      twice--;
      return Fate.TWICE;
    }
    if (later > 0) {
      later--;
      return Fate.LATER;
    }
    return chance();
  }

  private Fate chance() {
    if (twiceShare == 0 && laterShare == 0) {
      return Fate.SEND;
    }
    double drawn = random.nextDouble();
    if (drawn < twiceShare) {
      return Fate.TWICE;
    }
    return drawn < twiceShare + laterShare ? Fate.LATER : Fate.SEND;
  }
}
