package io.quantumtrader.market.live;

import io.quantumtrader.binance.MarkPrice;
import io.quantumtrader.binance.MarketDataException;
import io.quantumtrader.binance.MarketEvent;
import io.quantumtrader.binance.MarketStreamFormat;
import io.quantumtrader.binance.StreamListener;
import io.quantumtrader.binance.StreamMeter;
import io.quantumtrader.binance.StreamNumbers;
import io.quantumtrader.binance.StreamSettings;
import io.quantumtrader.binance.StreamSocket;
import io.quantumtrader.binance.StreamTimes;
import io.quantumtrader.schemas.avro.Candle;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Candles and mark prices as the exchange sends them, over as many connections as the symbols take.
 * Each connection is there or on its way by itself. What cannot be read is counted and passed over.
 */
public final class MarketStreams implements StreamedMarket {

  private static final Logger LOG = LoggerFactory.getLogger(MarketStreams.class);

  /**
   * Each connection carries the candles of many symbols, the first one the marks of each second; so
   * long without a frame is no quiet market.
   */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /**
   * Closed candles that may wait, a quarter of an hour of all symbols; more are asked for later.
   */
  private static final int MOST_WAITING = 10_000;

  private static final int LONGEST_SHOWN = 160;

  /** Asks whether the exchange answers at all. */
  @FunctionalInterface
  public interface Answering {

    /**
     * Asks; a failure is that it does not.
     *
     * @throws InterruptedException where the stream is closed meanwhile
     */
    void ask() throws InterruptedException;
  }

  private final URI url;
  private final int mostStreams;
  private final Answering answering;
  private final StreamTimes times;
  private final List<Group> groups = new CopyOnWriteArrayList<>();
  private final Map<String, Group> groupOf = new ConcurrentHashMap<>();
  private final BlockingQueue<Candle> candles = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Map<String, MarkPrice> marks = new ConcurrentHashMap<>();
  private final AtomicLong unreadable = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  /**
   * Prepares it; there are no connections before {@link #follow}.
   *
   * @param url where the market streams are, ws or wss, without a slash at its end
   * @param answering whether the exchange answers over REST, asked before a silent connection is
   *     given up
   */
  public MarketStreams(URI url, Answering answering, StreamTimes times) {
    this(url, MarketStreamFormat.MOST_STREAMS, answering, times);
  }

  MarketStreams(URI url, int mostStreams, Answering answering, StreamTimes times) {
    this.url = url;
    this.mostStreams = mostStreams;
    this.answering = answering;
    this.times = times;
  }

  /** Shares new symbols out evenly, so that each connection has enough to say to be heard of. */
  @Override
  public void follow(Set<String> symbols) {
    Set<String> added = new TreeSet<>(symbols);
    added.removeAll(groupOf.keySet());
    if (added.isEmpty()) {
      return;
    }
    // One place of each connection is left for the marks, wherever they are.
    int each = mostStreams - 1;
    int needed = Math.ceilDiv(groupOf.size() + added.size(), each);
    List<Group> fresh = new ArrayList<>();
    while (groups.size() + fresh.size() < needed) {
      fresh.add(new Group(groups.size() + fresh.size()));
    }
    Set<Group> changed = new TreeSet<>(Comparator.comparingInt((Group group) -> group.number));
    List<Group> all = new ArrayList<>(groups);
    all.addAll(fresh);
    for (String symbol : added) {
      Group smallest =
          all.stream().min(Comparator.comparingInt(group -> group.symbols.size())).orElseThrow();
      smallest.symbols.add(symbol);
      groupOf.put(symbol, smallest);
      changed.add(smallest);
    }
    changed.removeAll(fresh);
    fresh.forEach(Group::open);
    groups.addAll(fresh);
    changed.forEach(Group::renew);
  }

  @Override
  public boolean isUp(String symbol) {
    Group group = groupOf.get(symbol);
    return group != null && group.isUp();
  }

  @Override
  public void gapFilled(String symbol) {
    Group group = groupOf.get(symbol);
    if (group != null) {
      group.meter.gapFilled();
    }
  }

  @Override
  public StreamNumbers numbers() {
    return StreamNumbers.all(groups.stream().map(group -> group.meter.numbers()).toList());
  }

  @Override
  public List<Candle> takeCandles() {
    List<Candle> taken = new ArrayList<>();
    candles.drainTo(taken);
    return taken;
  }

  @Override
  public Collection<MarkPrice> takeMarks() {
    List<MarkPrice> taken = new ArrayList<>();
    for (String symbol : List.copyOf(marks.keySet())) {
      taken.add(marks.remove(symbol));
    }
    return taken;
  }

  private void take(String text) {
    MarketEvent event;
    try {
      event = MarketStreamFormat.read(text);
    } catch (MarketDataException e) {
      passedOver(1, e.getMessage() + " in " + shown(text));
      return;
    }
    switch (event) {
      case MarketEvent.ClosedCandle closed -> take(closed.candle());
      case MarketEvent.Marks prices -> take(prices);
      case MarketEvent.Other other -> {}
    }
  }

  private void take(Candle candle) {
    if (groupOf.containsKey(candle.getSymbol()) && !candles.offer(candle)) {
      long many = dropped.incrementAndGet();
      if (Long.bitCount(many) == 1) {
        LOG.warn("{} candles were dropped as nobody took them; they are asked for later", many);
      }
    }
  }

  private void take(MarketEvent.Marks prices) {
    for (MarkPrice mark : prices.marks()) {
      if (groupOf.containsKey(mark.symbol())) {
        marks.put(mark.symbol(), mark);
      }
    }
    if (prices.unreadable() > 0) {
      passedOver(prices.unreadable(), "mark prices");
    }
  }

  /** An exchange that has changed its format must not fill the disk. */
  private void passedOver(int many, String what) {
    long before = unreadable.getAndAdd(many);
    if (Long.highestOneBit(before + many) > Long.highestOneBit(before)) {
      LOG.warn("passed over what a stream said, {} times so far: {}", before + many, what);
    }
  }

  private static String shown(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ");
    return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "..." : line;
  }

  @Override
  public void close() {
    groups.forEach(Group::close);
  }

  /** The symbols of one connection. */
  private final class Group implements StreamListener {

    private final int number;
    private final Set<String> symbols = new ConcurrentSkipListSet<>();
    private final StreamMeter meter = new StreamMeter(times.elapsedMs());
    private StreamSocket socket;

    Group(int number) {
      this.number = number;
    }

    synchronized void open() {
      StreamSettings settings = StreamSettings.of("market streams " + (number + 1), SILENCE);
      socket = StreamSocket.open(settings, this::address, this, times, meter);
    }

    synchronized void renew() {
      socket.renew();
    }

    synchronized boolean isUp() {
      return socket != null && socket.state().connected();
    }

    synchronized void close() {
      socket.close();
    }

    private URI address() {
      List<String> streams = new ArrayList<>();
      if (number == 0) {
        streams.add(MarketStreamFormat.ALL_MARKS);
      }
      symbols.forEach(symbol -> streams.add(MarketStreamFormat.candles(symbol)));
      return MarketStreamFormat.address(url, streams);
    }

    @Override
    public void message(String text) {
      take(text);
    }

    @Override
    public boolean isDead(Duration silence) throws InterruptedException {
      try {
        answering.ask();
        return true;
      } catch (MarketDataException e) {
        // The exchange does not answer at all, or forbids to ask: that is no fault of the stream.
        return false;
      }
    }
  }
}
