package io.quantumtrader.connectors.redis.write;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;

/**
 * One connection, for one thread. It never reconnects by itself: a command that was cut off might
 * be sent twice. After any failure it is of no more use and has to be closed.
 */
public final class RedisSession implements AutoCloseable {

  private final RedisEndpoint endpoint;
  private final StatefulRedisConnection<String, String> connection;
  private final RedisAsyncCommands<String, String> commands;

  private RedisSession(RedisEndpoint endpoint, StatefulRedisConnection<String, String> connection) {
    this.endpoint = endpoint;
    this.connection = connection;
    this.commands = connection.async();
    connection.setAutoFlushCommands(false);
  }

  /**
   * What became of a transaction.
   *
   * @param done false: a watched key had changed, and nothing was done
   * @param errors for each command the error it was answered with, null where it was done
   * @param watched the values of the keys that are watched from now on, null where one is absent
   */
  public record Executed(boolean done, List<String> errors, List<String> watched) {}

  /** A transaction that has been sent. */
  public interface Running {

    /**
     * Waits for what becomes of it.
     *
     * @throws RetriableException if nothing is known of it; it may have been done
     */
    Executed await();
  }

  private record Watching(Future<String> watched, Future<List<KeyValue<String, String>>> values) {}

  /**
   * Connects.
   *
   * @param client made with {@link RedisClients}
   * @throws RetriableException if Redis cannot be reached
   * @throws ConnectException if it does not let us in
   */
  public static RedisSession open(RedisClient client, RedisEndpoint endpoint) {
    try {
      return new RedisSession(endpoint, client.connect(StringCodec.UTF8, endpoint.toUri()));
    } catch (RuntimeException failure) {
      throw RedisFailures.translate(endpoint, failure);
    }
  }

  /**
   * Reads keys and watches them, beside those that are watched already: the next {@link #execute}
   * does nothing if one has changed by then.
   *
   * @param keys at least one
   * @return the values, null where a key is absent
   */
  public List<String> watch(List<String> keys) {
    Watching watching = dispatchWatch(keys);
    connection.flushCommands();
    return await(watching);
  }

  /**
   * Waits until replicas have what this session has written.
   *
   * @param replicas how many, 1 or more
   * @param timeoutMs how long at most, milliseconds
   * @throws RetriableException if fewer have it by then
   */
  public void awaitReplicas(int replicas, long timeoutMs) {
    Future<Long> reply = commands.waitForReplication(replicas, timeoutMs);
    connection.flushCommands();
    long reached = await(reply, endpoint.timeout().plusMillis(timeoutMs));
    if (reached < replicas) {
      throw new RetriableException(
          reached
              + " of "
              + replicas
              + " replicas of Redis at "
              + endpoint.address()
              + " have the records after "
              + timeoutMs
              + " ms");
    }
  }

  /** Returns what the server says of the nodes of its cluster. */
  String clusterNodes() {
    Future<String> nodes = commands.clusterNodes();
    connection.flushCommands();
    return await(nodes);
  }

  /** Loads a script and returns its name. */
  String load(String script) {
    Future<String> name = commands.scriptLoad(script);
    connection.flushCommands();
    return await(name);
  }

  /** Queues the reading of a key. */
  RedisFuture<String> get(String key) {
    return commands.get(key);
  }

  /** Queues the run of a script that answers with a list. */
  RedisFuture<List<Object>> run(String script, List<String> keys, List<String> values) {
    return commands.evalsha(
        script, ScriptOutputType.MULTI, keys.toArray(String[]::new), values.toArray(String[]::new));
  }

  /** Sends what is queued. */
  void flush() {
    connection.flushCommands();
  }

  /**
   * Runs commands in one transaction, unless a watched key has changed, and watches keys again, all
   * in one exchange.
   *
   * @param watchNext what to read and watch afterwards, at least one key
   */
  public Executed execute(List<RedisWrite> writes, List<String> watchNext) {
    return begin(writes, watchNext).await();
  }

  /**
   * Sends what {@link #execute} sends, and does not wait: there is time to do something else until
   * {@link Running#await}.
   */
  public Running begin(List<RedisWrite> writes, List<String> watchNext) {
    List<Future<?>> queued = new ArrayList<>(writes.size() + 1);
    queued.add(commands.multi());
    for (RedisWrite write : writes) {
      queued.add(dispatch(write));
    }
    Future<TransactionResult> result = commands.exec();
    Watching watching = dispatchWatch(watchNext);
    connection.flushCommands();
    return () -> {
      TransactionResult replies = awaitTransaction(result, queued);
      return new Executed(!replies.wasDiscarded(), errors(replies), await(watching));
    };
  }

  @Override
  public void close() {
    connection.close();
  }

  private Watching dispatchWatch(List<String> keys) {
    String[] array = keys.toArray(String[]::new);
    return new Watching(commands.watch(array), commands.mget(array));
  }

  private List<String> await(Watching watching) {
    await(watching.watched());
    List<String> values = new ArrayList<>();
    for (KeyValue<String, String> value : await(watching.values())) {
      values.add(value.getValueOrElse(null));
    }
    return values;
  }

  private RedisFuture<?> dispatch(RedisWrite write) {
    CommandArgs<String, String> arguments = new CommandArgs<>(StringCodec.UTF8);
    write.arguments().forEach(arguments::addValue);
    CommandType command = CommandType.valueOf(write.command());
    return commands.dispatch(command, output(command), arguments);
  }

  private static CommandOutput<String, String, ?> output(CommandType command) {
    return switch (command) {
      case SET, LTRIM -> new StatusOutput<>(StringCodec.UTF8);
      case XADD -> new ValueOutput<>(StringCodec.UTF8);
      case HSET, HSETNX, DEL, EXPIRE, PEXPIRE, SADD, ZADD, LPUSH, RPUSH, PUBLISH ->
          new IntegerOutput<>(StringCodec.UTF8);
      default -> throw new IllegalArgumentException("no reply type known for " + command);
    };
  }

  private static List<String> errors(TransactionResult replies) {
    List<String> errors = new ArrayList<>(replies.size());
    for (Object reply : replies) {
      errors.add(reply instanceof Exception error ? error.getMessage() : null);
    }
    return errors;
  }

  /**
   * A transaction that is refused as a whole says why in the reply to the command that broke it.
   */
  private TransactionResult awaitTransaction(
      Future<TransactionResult> result, List<Future<?>> queued) {
    try {
      return awaitUnchecked(result, endpoint.timeout());
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      if (RedisFailures.isAborted(cause)) {
        throw RedisFailures.translate(endpoint, firstRefusal(queued).orElse(cause));
      }
      throw RedisFailures.translate(endpoint, cause);
    }
  }

  private static Optional<Throwable> firstRefusal(List<Future<?>> queued) {
    for (Future<?> command : queued) {
      String error = command instanceof RedisFuture<?> reply ? reply.getError() : null;
      if (error != null) {
        return Optional.of(new RedisCommandExecutionException(error));
      }
    }
    return Optional.empty();
  }

  <T> T await(Future<T> reply) {
    return await(reply, endpoint.timeout());
  }

  <T> T await(Future<T> reply, Duration longest) {
    try {
      return awaitUnchecked(reply, longest);
    } catch (ExecutionException failure) {
      throw RedisFailures.translate(endpoint, failure.getCause());
    }
  }

  private <T> T awaitUnchecked(Future<T> reply, Duration longest) throws ExecutionException {
    try {
      return reply.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new RetriableException("no reply from Redis at " + endpoint.address(), late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new RetriableException("stopped while waiting for Redis", stopped);
    }
  }
}
