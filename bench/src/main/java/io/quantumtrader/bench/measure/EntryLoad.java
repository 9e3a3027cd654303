package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.run.BenchStack;
import io.quantumtrader.bench.run.Sample;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionGroup;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Intents of 100 accounts in 566 symbols, of which 40 may be opened. Each set of accounts is new:
 * an account that has opened 40 symbols has no place for more, and takes no part any longer.
 */
final class EntryLoad {

  /** Accounts that send intents at a time. */
  static final int ACCOUNTS = 100;

  /** Symbols that are known. */
  static final int SYMBOLS = 566;

  /** Symbols that may be opened. */
  static final int ALLOWED = 40;

  /** Intents after which a set of accounts has opened all that it may. */
  static final int PER_SET = ACCOUNTS * ALLOWED;

  private final BenchStack stack;
  private long nowMs;

  /**
   * Prepares the load.
   *
   * @param nowMs the clock's time, epoch ms
   */
  EntryLoad(BenchStack stack, long nowMs) {
    this.stack = stack;
    this.nowMs = nowMs;
  }

  /** Sends the tables: policy, trading state, and of each symbol the filters and the state. */
  void tables() {
    List<String> allowed = IntStream.range(0, ALLOWED).mapToObj(Sample::symbol).toList();
    stack.send(Topic.POLICY, Policies.DEFAULT, Sample.policy(allowed, nowMs), nowMs);
    stack.send(Topic.CONTROL, Accounts.ALL, Sample.active(nowMs), nowMs);
    for (int i = 0; i < SYMBOLS; i++) {
      String symbol = Sample.symbol(i);
      stack.send(Topic.INSTRUMENT, symbol, Sample.instrument(symbol, nowMs), nowMs);
      stack.send(Topic.MARKET_STATE, symbol, Sample.state(symbol, nowMs), nowMs);
    }
    stack.flush();
  }

  /** Sends the wallets of sets of accounts, and a step of the clock by which they are known. */
  void wallets(List<String> sets) {
    for (String set : sets) {
      for (int i = 0; i < ACCOUNTS; i++) {
        stack.send(
            Topic.EXCHANGE_ACCOUNT, account(set, i), Sample.wallet(account(set, i), nowMs), nowMs);
      }
    }
    stack.flush();
  }

  /** Sends a step of the clock, by which wallets become equity. */
  void clock() {
    nowMs++;
    for (int i = 0; i < BenchStack.COUNTS.of(PartitionGroup.ACCOUNT); i++) {
      stack.send(Topic.CLOCK, Integer.toString(i), Sample.clock(i, nowMs), nowMs);
    }
    stack.flush();
  }

  /**
   * Returns an intent of a set of accounts.
   *
   * @param number which one, from 0; each account and symbol comes once
   * @param accepted whether it is to be accepted, else its symbol may not be opened
   */
  TradeIntent intent(String set, int number, boolean accepted) {
    int round = number / ACCOUNTS;
    int symbol = accepted ? round : ALLOWED + round % (SYMBOLS - ALLOWED);
    return Sample.intent(
        set + (accepted ? "-a" : "-d") + number,
        account(set, number % ACCOUNTS),
        Sample.symbol(symbol),
        nowMs);
  }

  /** Returns the clock's time, epoch ms. */
  long nowMs() {
    return nowMs;
  }

  private static String account(String set, int number) {
    return set + "-%02d".formatted(number);
  }
}
