package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.Effort;
import io.quantumtrader.bench.Measurement;
import io.quantumtrader.bench.report.Figure;
import io.quantumtrader.bench.run.Activity;
import io.quantumtrader.bench.run.BenchStack;
import io.quantumtrader.bench.run.CpuMeter.Spent;
import io.quantumtrader.bench.run.Offsets;
import io.quantumtrader.bench.run.Pipeline;
import io.quantumtrader.bench.run.Sample;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** (e) Open positions through a candle. */
public final class Exits implements Measurement {

  private static final int SYMBOLS = 100;

  /** Creates it. */
  public Exits() {}

  /**
   * Positions of so many accounts in each symbol of a range.
   *
   * @param id name of the book in figures
   * @param accounts accounts, each of which has a position in each symbol
   * @param fromSymbol first symbol
   * @param symbols how many symbols
   * @param minutes minutes that are played in a round
   */
  private record Book(String id, int accounts, int fromSymbol, int symbols, int minutes) {

    int positions() {
      return accounts * symbols;
    }

    String account(int number) {
      return id + "-%03d".formatted(number);
    }
  }

  @Override
  public String name() {
    return "exits";
  }

  @Override
  public String covers() {
    return "e";
  }

  @Override
  public String explanation() {
    return """
        One candle in each of 100 symbols in which positions are open: 4 accounts with 100 \
        positions each (400), and 100 accounts with 100 each (10 000). Every position is valued \
        and goes through the harvest kernel; its proposal, which asks for nothing, goes through \
        heat gate and apply layer. The clock moves to the candle's close before the candle comes, \
        and that step is not counted. The candle's own cost is in the figures: a hundredth of it \
        with 10 000 positions, a quarter with 400.""";
  }

  @Override
  public List<Figure> run(Effort effort, Consumer<String> progress) {
    progress.accept("starting");
    int symbols = effort.size(SYMBOLS, 4);
    Book few = new Book("few", effort.size(4, 1), 0, symbols, effort.size(8, 1));
    Book many = new Book("many", effort.size(100, 3), symbols, symbols, 1);
    try (BenchStack stack = BenchStack.start(false, System.currentTimeMillis())) {
      MarketLoad load = new MarketLoad(stack, 2 * symbols);
      load.tables();
      try (Pipeline pipeline = Pipeline.start(stack, "bench-exits")) {
        Activity activity = Activity.of(stack, pipeline);
        load.warmUp(activity, progress);
        progress.accept("opening positions");
        open(few, stack, load, activity);
        open(many, stack, load, activity);
        return measure(effort, progress, List.of(few, many), stack, load, pipeline, activity);
      }
    }
  }

  private static void open(Book book, BenchStack stack, MarketLoad load, Activity activity) {
    wallets(book, stack, load);
    activity.awaitQuiet();
    load.clock(activity);
    for (int account = 0; account < book.accounts(); account++) {
      String name = book.account(account);
      for (int i = 0; i < book.symbols(); i++) {
        String symbol = Sample.symbol(book.fromSymbol() + i);
        stack.send(
            Topic.APPLY_RESULT, name, Sample.adopted(name, symbol, load.nowMs()), load.nowMs());
      }
    }
    stack.flush();
    activity.awaitQuiet();
  }

  private static void wallets(Book book, BenchStack stack, MarketLoad load) {
    for (int i = 0; i < book.accounts(); i++) {
      String account = book.account(i);
      stack.send(
          Topic.EXCHANGE_ACCOUNT, account, Sample.wallet(account, load.nowMs()), load.nowMs());
    }
    stack.flush();
  }

  private static List<Figure> measure(
      Effort effort,
      Consumer<String> progress,
      List<Book> books,
      BenchStack stack,
      MarketLoad load,
      Pipeline pipeline,
      Activity activity) {
    Series series = new Series();
    for (int round = -effort.warmUp(); round < effort.rounds(); round++) {
      progress.accept(round < 0 ? "warm-up" : "round " + (round + 1) + " of " + effort.rounds());
      List<Book> inTurn = new ArrayList<>(books);
      if (Math.floorMod(round, 2) == 1) {
        Collections.reverse(inTurn);
      }
      for (Book book : inTurn) {
        Spent spent = Spent.nothing();
        for (int i = 0; i < book.minutes(); i++) {
          spent = spent.plus(minute(book, stack, load, activity));
        }
        if (round >= 0) {
          add(series, book, spent, pipeline);
        }
      }
    }
    return series.figures();
  }

  private static Spent minute(Book book, BenchStack stack, MarketLoad load, Activity activity) {
    wallets(book, stack, load);
    load.clockAhead(activity);
    List<TopicPartition> proposals =
        Offsets.partitions(stack, name -> name.equals(Topic.HARVEST_CALIBRATED.topicName()));
    Map<TopicPartition, Long> before = Offsets.ends(stack, proposals);
    int first = book.fromSymbol();
    Spent spent = load.candles(1, first, first + book.symbols(), activity);
    AtomicInteger came = new AtomicInteger();
    Offsets.read(stack, before, Offsets.ends(stack, proposals), any -> came.incrementAndGet());
    if (came.get() != book.positions()) {
      throw new IllegalStateException(
          came.get() + " proposals came of " + book.positions() + " positions");
    }
    return spent;
  }

  private static void add(Series series, Book book, Spent spent, Pipeline pipeline) {
    double times = (double) book.positions() * book.minutes();
    String title = "one of %,d open".formatted(book.positions()).replace(',', ' ');
    String id = "exits." + book.id();
    String unit = "us";
    series.add(id + ".time", title + ", time", unit, spent.elapsedNanos() / 1e3 / times);
    series.add(
        id + ".streams",
        title + ", stream threads",
        unit,
        spent.threads(pipeline::isStreamThread) / 1e3 / times);
    series.add(id + ".processor", title + ", process", unit, spent.processNanos() / 1e3 / times);
  }
}
