package io.quantumtrader.connectors.redis.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.quantumtrader.connectors.redis.write.RedisClients;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import io.quantumtrader.connectors.redis.write.RedisFailures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.errors.RetriableException;

/**
 * One connection, for one thread, and the commands of a consumer group on it. Replies are taken
 * apart here, since entries may be gone (null fields) or repeat field names, which a map loses.
 * After any failure it is of no more use and has to be closed.
 */
final class StreamSession implements AutoCloseable {

  private final RedisEndpoint endpoint;
  private final StatefulRedisConnection<byte[], byte[]> connection;

  private StreamSession(
      RedisEndpoint endpoint, StatefulRedisConnection<byte[], byte[]> connection) {
    this.endpoint = endpoint;
    this.connection = connection;
  }

  /** The stream or its group is not there. */
  static final class NoGroupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoGroupException(String message) {
      super(message);
    }
  }

  /** A key holds something else than a stream. */
  static final class NoStreamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoStreamException(String message) {
      super(message);
    }
  }

  /**
   * What a claim brought.
   *
   * @param next where the next claim goes on; {@link StreamId#ZERO} at the end
   * @param entries entries that are ours now, deleted ones too
   * @param unnamed whether deleted ones are ours now that Redis (before 7) does not name
   */
  record Claimed(StreamId next, List<StreamEntry> entries, boolean unnamed) {}

  /**
   * Where a stream and its group stand.
   *
   * @param lastId last id that was ever given to an entry
   * @param delivered last id that the group was given
   * @param lag entries that the group was not given yet; empty where Redis does not say (before 7)
   * @param pending entries that the group was given and did not acknowledge
   */
  record Standing(StreamId lastId, StreamId delivered, Optional<Long> lag, long pending) {}

  static StreamSession open(RedisClients clients, RedisEndpoint endpoint) {
    return new StreamSession(endpoint, clients.connect(endpoint, ByteArrayCodec.INSTANCE));
  }

  /**
   * Makes the group, and the stream where there is none.
   *
   * @param start the id behind which it begins, or $
   * @return false where the group was there
   */
  boolean createGroup(String stream, String group, String start) {
    try {
      call(CommandType.XGROUP, 0, "CREATE", stream, group, start, "MKSTREAM");
      return true;
    } catch (RefusedException refused) {
      if (refused.getMessage().startsWith("BUSYGROUP")) {
        return false;
      }
      throw failed(refused);
    }
  }

  /** Returns new entries of several streams, waiting for the first of them. */
  Map<String, List<StreamEntry>> readNew(
      Collection<String> streams, String group, String consumer, int count, long blockMs) {
    List<String> arguments = new ArrayList<>(List.of("GROUP", group, consumer));
    arguments.addAll(List.of("COUNT", Integer.toString(count)));
    if (blockMs > 0) {
      arguments.addAll(List.of("BLOCK", Long.toString(blockMs)));
    }
    arguments.add("STREAMS");
    arguments.addAll(streams);
    streams.forEach(stream -> arguments.add(">"));
    return entriesByStream(
        callOn(CommandType.XREADGROUP, blockMs, arguments.toArray(String[]::new)));
  }

  /** Returns entries behind an id that this consumer was given and has not acknowledged. */
  List<StreamEntry> readPending(
      String stream, String group, String consumer, int count, StreamId after) {
    List<Object> reply =
        callOn(
            CommandType.XREADGROUP,
            0,
            "GROUP",
            group,
            consumer,
            "COUNT",
            Integer.toString(count),
            "STREAMS",
            stream,
            after.toString());
    return entriesByStream(reply).getOrDefault(stream, List.of());
  }

  /** Takes over entries that another consumer has left lying for a while. */
  Claimed claim(
      String stream, String group, String consumer, long idleMs, StreamId from, int count) {
    List<Object> reply =
        callOn(
            CommandType.XAUTOCLAIM,
            0,
            stream,
            group,
            consumer,
            Long.toString(idleMs),
            from.toString(),
            "COUNT",
            Integer.toString(count));
    List<Object> rows = list(reply.get(1));
    List<StreamEntry> entries = new ArrayList<>(entries(stream, rows));
    boolean unnamed = entries.size() < rows.size();
    if (reply.size() > 2) {
      list(reply.get(2))
          .forEach(id -> entries.add(new StreamEntry(stream, StreamId.parse(text(id)), null)));
    }
    return new Claimed(StreamId.parse(text(reply.get(0))), entries, unnamed);
  }

  /** Returns ids within a range that any consumer was given and has not acknowledged. */
  List<StreamId> pending(String stream, String group, StreamId first, StreamId last, int count) {
    List<Object> reply =
        callOn(
            CommandType.XPENDING,
            0,
            stream,
            group,
            first.toString(),
            last.toString(),
            Integer.toString(count));
    return reply.stream().map(row -> StreamId.parse(text(list(row).get(0)))).toList();
  }

  /** Acknowledges entries. */
  void acknowledge(String stream, String group, Collection<StreamId> ids) {
    List<String> arguments = new ArrayList<>(List.of(stream, group));
    ids.forEach(id -> arguments.add(id.toString()));
    callOn(CommandType.XACK, 0, arguments.toArray(String[]::new));
  }

  /** Returns the last id that was ever given in a stream; empty where there is no such key. */
  Optional<StreamId> lastId(String stream) {
    try {
      return Optional.of(lastId(call(CommandType.XINFO, 0, "STREAM", stream)));
    } catch (RefusedException refused) {
      if (refused.getMessage().startsWith("ERR no such key")) {
        return Optional.empty();
      }
      throw failed(refused);
    }
  }

  /** Returns where a stream and the group stand; empty where one of them is not there. */
  Optional<Standing> standing(String stream, String group) {
    Optional<StreamId> lastId = lastId(stream);
    if (lastId.isEmpty()) {
      return Optional.empty();
    }
    for (Object row : callOn(CommandType.XINFO, 0, "GROUPS", stream)) {
      Map<String, Object> values = map(list(row));
      if (group.equals(text(values.get("name")))) {
        return Optional.of(
            new Standing(
                lastId.get(),
                StreamId.parse(text(values.get("last-delivered-id"))),
                Optional.ofNullable((Long) values.get("lag")),
                (Long) values.get("pending")));
      }
    }
    return Optional.empty();
  }

  /**
   * Returns what keys hold at one moment, in their order: all are read in one transaction, so that
   * a value and what a sink noted of it belong together.
   */
  List<HeldValue> held(List<String> keys) {
    RedisAsyncCommands<byte[], byte[]> commands = connection.async();
    List<RedisFuture<?>> queued = new ArrayList<>(2 * keys.size() + 1);
    queued.add(commands.multi());
    for (String key : keys) {
      queued.add(commands.get(utf8(key)));
      queued.add(commands.pttl(utf8(key)));
    }
    List<HeldValue> held = new ArrayList<>(keys.size());
    try {
      TransactionResult replies = await(commands.exec(), 0);
      for (int i = 0; i < keys.size(); i++) {
        Long ttlMs = replies.get(2 * i + 1);
        held.add(held(replies.get(2 * i), ttlMs));
      }
    } catch (RefusedException refused) {
      throw failed(firstOf(queued, refused));
    }
    return held;
  }

  private HeldValue held(Object reply, long ttlMs) {
    if (reply instanceof RuntimeException error) {
      if (String.valueOf(error.getMessage()).startsWith("WRONGTYPE")) {
        return new HeldValue(HeldValue.NO_STRING, ttlMs);
      }
      throw RedisFailures.translate(endpoint, error);
    }
    return new HeldValue(reply == null ? null : text(reply), ttlMs);
  }

  /** A transaction that is refused as a whole says why in the reply to the command before. */
  private static RefusedException firstOf(List<RedisFuture<?>> queued, RefusedException refused) {
    return queued.stream()
        .map(RedisFuture::getError)
        .filter(Objects::nonNull)
        .findFirst()
        .map(error -> new RefusedException(new RedisCommandExecutionException(error)))
        .orElse(refused);
  }

  @Override
  public void close() {
    connection.close();
  }

  private static StreamId lastId(List<Object> stream) {
    return StreamId.parse(text(map(stream).get("last-generated-id")));
  }

  private static Map<String, List<StreamEntry>> entriesByStream(List<Object> reply) {
    Map<String, List<StreamEntry>> entries = new LinkedHashMap<>();
    if (!reply.isEmpty() && reply.get(0) instanceof List) {
      for (Object pair : reply) {
        String stream = text(list(pair).get(0));
        entries.put(stream, entries(stream, list(list(pair).get(1))));
      }
    } else {
      // The newer protocol answers with a map.
      for (int i = 0; i + 1 < reply.size(); i += 2) {
        String stream = text(reply.get(i));
        entries.put(stream, entries(stream, list(reply.get(i + 1))));
      }
    }
    return entries;
  }

  private static List<StreamEntry> entries(String stream, List<Object> rows) {
    List<StreamEntry> entries = new ArrayList<>(rows.size());
    for (Object row : rows) {
      List<Object> parts = list(row);
      // Redis 6 answers a claim of an entry that is gone with nothing, not even its id.
      if (parts.size() == 2) {
        List<Object> fields = list(parts.get(1));
        StreamId id = StreamId.parse(text(parts.get(0)));
        entries.add(new StreamEntry(stream, id, fields.isEmpty() ? null : fields(fields)));
      }
    }
    return entries;
  }

  private static List<StreamEntry.Field> fields(List<Object> flat) {
    List<StreamEntry.Field> fields = new ArrayList<>(flat.size() / 2);
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      fields.add(new StreamEntry.Field((byte[]) flat.get(i), (byte[]) flat.get(i + 1)));
    }
    return fields;
  }

  private static Map<String, Object> map(List<Object> flat) {
    Map<String, Object> map = new HashMap<>();
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      map.put(text(flat.get(i)), flat.get(i + 1));
    }
    return map;
  }

  @SuppressWarnings("unchecked") // replies nest lists of objects
  private static List<Object> list(Object reply) {
    return reply == null ? List.of() : (List<Object>) reply;
  }

  private static String text(Object reply) {
    return reply instanceof byte[] bytes ? new String(bytes, UTF_8) : String.valueOf(reply);
  }

  private List<Object> callOn(CommandType command, long blockMs, String... arguments) {
    try {
      return call(command, blockMs, arguments);
    } catch (RefusedException refused) {
      throw failed(refused);
    }
  }

  private List<Object> call(CommandType command, long blockMs, String... arguments)
      throws RefusedException {
    CommandArgs<byte[], byte[]> bytes = new CommandArgs<>(ByteArrayCodec.INSTANCE);
    for (String argument : arguments) {
      bytes.add(utf8(argument));
    }
    return await(
        connection
            .async()
            .dispatch(command, new NestedMultiOutput<>(ByteArrayCodec.INSTANCE), bytes),
        blockMs);
  }

  /** Redis refused a command; the caller knows what that means. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(RedisCommandExecutionException reply) {
      super(reply.getMessage(), reply);
    }
  }

  private RuntimeException failed(RefusedException refused) {
    String message = refused.getMessage();
    if (message.startsWith("NOGROUP") || message.startsWith("UNBLOCKED")) {
      return new NoGroupException(message);
    }
    if (message.startsWith("WRONGTYPE")) {
      return new NoStreamException(message);
    }
    return RedisFailures.translate(endpoint, refused.getCause());
  }

  private <T> T await(Future<T> reply, long blockMs) throws RefusedException {
    try {
      return reply.get(endpoint.timeout().toMillis() + blockMs, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new RetriableException("no reply from Redis at " + endpoint.address(), late);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RedisCommandExecutionException refused) {
        throw new RefusedException(refused);
      }
      throw RedisFailures.translate(endpoint, failure.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new RetriableException("stopped while waiting for Redis", stopped);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
