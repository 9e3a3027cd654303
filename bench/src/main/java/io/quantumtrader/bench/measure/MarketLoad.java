package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.run.Activity;
import io.quantumtrader.bench.run.BenchStack;
import io.quantumtrader.bench.run.CpuMeter;
import io.quantumtrader.bench.run.CpuMeter.Spent;
import io.quantumtrader.bench.run.Sample;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionGroup;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Closed candles of one minute each in many symbols, with the clock that goes with them. */
final class MarketLoad {

  /** Closes that a symbol needs before its first market state. */
  private static final int WARM_UP = 257;

  private static final int WARM_UP_PART = 32;
  private static final int DAYS_BACK_MINUTES = 2 * 24 * 60;

  private final BenchStack stack;
  private final int symbols;

  /** The minute, counted from 1970, whose candle closed last. */
  private long minute = System.currentTimeMillis() / Sample.MINUTE_MS - DAYS_BACK_MINUTES;

  /** Prepares the load for so many symbols. */
  MarketLoad(BenchStack stack, int symbols) {
    this.stack = stack;
    this.symbols = symbols;
  }

  /** Sends policy, trading state and filters. */
  void tables() {
    long nowMs = nowMs();
    stack.send(Topic.POLICY, Policies.DEFAULT, Sample.policy(List.of(), nowMs), nowMs);
    stack.send(Topic.CONTROL, Accounts.ALL, Sample.active(nowMs), nowMs);
    for (int i = 0; i < symbols; i++) {
      String symbol = Sample.symbol(i);
      stack.send(Topic.INSTRUMENT, symbol, Sample.instrument(symbol, nowMs), nowMs);
    }
    stack.flush();
  }

  /** Sends candles until each symbol has a market state. */
  void warmUp(Activity activity, Consumer<String> progress) {
    for (int done = 0; done < WARM_UP; done += WARM_UP_PART) {
      progress.accept("closes before the first market state: " + done + " of " + WARM_UP);
      Spent unused = candles(WARM_UP_PART, 0, symbols, activity);
    }
    clock(activity);
  }

  /**
   * Sends the candles of the next minutes in a range of symbols, and waits until all is done that
   * comes of them.
   *
   * @return what it took, from the first send to the last commit
   */
  Spent candles(int minutes, int fromSymbol, int toSymbol, Activity activity) {
    List<byte[]> values = new ArrayList<>();
    for (int i = 1; i <= minutes; i++) {
      for (int symbol = fromSymbol; symbol < toSymbol; symbol++) {
        values.add(stack.bytes(Topic.CANDLE, Sample.candle(symbol, minute + i)));
      }
    }
    CpuMeter.Reading begin = CpuMeter.read();
    int next = 0;
    for (int i = 1; i <= minutes; i++) {
      long closedMs = (minute + i + 1) * Sample.MINUTE_MS;
      for (int symbol = fromSymbol; symbol < toSymbol; symbol++) {
        stack.send(
            Topic.CANDLE.topicName(),
            Topic.CANDLE,
            Sample.symbol(symbol),
            values.get(next++),
            closedMs);
      }
    }
    stack.flush();
    Spent spent = activity.awaitQuiet().since(begin);
    minute += minutes;
    return spent;
  }

  /** Sends the next step of the clock, which is the close of the last minute. */
  void clock(Activity activity) {
    for (int i = 0; i < BenchStack.COUNTS.of(PartitionGroup.ACCOUNT); i++) {
      stack.send(Topic.CLOCK, Integer.toString(i), Sample.clock(i, nowMs()), nowMs());
    }
    stack.flush();
    CpuMeter.Reading unused = activity.awaitQuiet();
  }

  /** Returns the close of the last minute, epoch ms. */
  long nowMs() {
    return (minute + 1) * Sample.MINUTE_MS;
  }

  /** Goes on by a minute without candles, so that the clock is ahead of the next ones. */
  void clockAhead(Activity activity) {
    minute++;
    clock(activity);
    minute--;
  }

  /** Returns the closes that a symbol's market state is made of, oldest first. */
  double[] closes(int symbol) {
    double[] closes = new double[WARM_UP];
    for (int i = 0; i < WARM_UP; i++) {
      closes[i] = Sample.close(symbol, minute - WARM_UP + 1 + i);
    }
    return closes;
  }
}
