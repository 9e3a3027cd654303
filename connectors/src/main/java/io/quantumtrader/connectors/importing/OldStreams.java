package io.quantumtrader.connectors.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.quantumtrader.connectors.redis.source.StreamEntry;
import io.quantumtrader.connectors.redis.source.StreamId;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The streams of the old system in Redis; only ever read, page by page. No consumer group hears of
 * it.
 */
public final class OldStreams implements AutoCloseable {

  private static final int PAGE = 1_000;
  private static final String STREAM = "stream";
  private static final String NO_KEY = "none";

  private final RedisClient client;
  private final StatefulRedisConnection<byte[], byte[]> connection;

  /**
   * Connects.
   *
   * @param endpoint where Redis is, and how to get in
   * @throws io.lettuce.core.RedisException if it cannot be reached, or does not let us in
   */
  public OldStreams(RedisEndpoint endpoint) {
    // Not by way of RedisClients, whose failures are Connect's, which is not at hand here.
    client = RedisClient.create(endpoint.toUri());
    try {
      client.setOptions(ClientOptions.builder().sslOptions(endpoint.tls().toOptions()).build());
      connection = client.connect(ByteArrayCodec.INSTANCE);
    } catch (RuntimeException failure) {
      client.shutdown();
      throw failure;
    }
  }

  /**
   * Returns how many entries the streams have whose keys begin like this; -1 for a key that holds
   * no stream.
   *
   * @param prefix begin of the keys
   */
  public SortedMap<String, Long> lengths(String prefix) {
    RedisCommands<byte[], byte[]> redis = connection.sync();
    SortedMap<String, Long> lengths = new TreeMap<>();
    ScanIterator<byte[]> scan =
        ScanIterator.scan(
            redis, ScanArgs.Builder.matches(OldPositions.glob(prefix) + "*").limit(500));
    while (scan.hasNext()) {
      byte[] key = scan.next();
      String type = redis.type(key);
      if (!type.equals(NO_KEY)) {
        lengths.put(new String(key, UTF_8), type.equals(STREAM) ? redis.xlen(key) : -1);
      }
    }
    return lengths;
  }

  /**
   * Reads the entries that there are as this is called, of all streams together in the order of
   * their ids, which is that of their times.
   *
   * @param keys keys of the streams; one that does not exist has none
   * @throws io.lettuce.core.RedisException if they cannot be read, or a key holds no stream
   */
  public void read(List<String> keys, Consumer<StreamEntry> taker) {
    List<Pages> all = keys.stream().map(Pages::new).toList();
    Optional<Pages> next = first(all);
    while (next.isPresent()) {
      taker.accept(next.get().take());
      next = first(all);
    }
  }

  private static Optional<Pages> first(List<Pages> all) {
    return all.stream()
        .filter(Pages::hasNext)
        .min(Comparator.comparing((Pages each) -> each.page.getFirst().id()));
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }

  /** One stream, of which so much is in memory as one answer brings. */
  private final class Pages {
    private final String key;
    private final Optional<StreamId> end;
    private final Deque<StreamEntry> page = new ArrayDeque<>();
    private StreamId from = StreamId.ZERO;
    private boolean ended;

    private Pages(String key) {
      this.key = key;
      this.end =
          connection
              .sync()
              .xrevrange(key.getBytes(UTF_8), Range.unbounded(), Limit.from(1))
              .stream()
              .map(last -> StreamId.parse(last.getId()))
              .findFirst();
      this.ended = end.isEmpty();
    }

    private boolean hasNext() {
      if (page.isEmpty() && !ended) {
        load();
      }
      return !page.isEmpty();
    }

    private StreamEntry take() {
      return page.removeFirst();
    }

    private void load() {
      Range<String> range = Range.create(from.toString(), end.orElseThrow().toString());
      List<StreamMessage<byte[], byte[]>> answer =
          connection.sync().xrange(key.getBytes(UTF_8), range, Limit.from(PAGE));
      answer.forEach(each -> page.addLast(entry(each)));
      ended = answer.size() < PAGE || page.getLast().id().equals(end.orElseThrow());
      if (!ended) {
        from = after(page.getLast().id());
      }
    }

    private StreamEntry entry(StreamMessage<byte[], byte[]> message) {
      List<StreamEntry.Field> fields = new ArrayList<>();
      message.getBody().forEach((name, value) -> fields.add(new StreamEntry.Field(name, value)));
      return new StreamEntry(key, StreamId.parse(message.getId()), fields);
    }
  }

  /** Ranges that leave out their first id came with Redis 6.2 only. */
  private static StreamId after(StreamId id) {
    return id.sequence() == -1
        ? new StreamId(id.millis() + 1, 0)
        : new StreamId(id.millis(), id.sequence() + 1);
  }
}
