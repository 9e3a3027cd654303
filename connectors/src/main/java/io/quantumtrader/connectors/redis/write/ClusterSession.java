package io.quantumtrader.connectors.redis.write;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.quantumtrader.connectors.redis.write.RedisAddress.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;

/**
 * One connection to each master of a cluster, for one thread. Which node has which slot is learnt
 * once, at the beginning: when it has changed, or after any other failure, the session is of no
 * more use and has to be closed.
 *
 * <p>A transaction of Redis cannot span slots, and a watch ends with the first of several
 * transactions on a connection. So what belongs to one slot is written by a script, which compares
 * and moves the fences and runs the commands in one step; the scripts of many slots are sent at
 * once.
 */
public final class ClusterSession implements AutoCloseable {

  private static final String SCRIPT = script();

  private final RedisClient client;
  private final RedisEndpoint endpoint;
  private final Partitions nodes;
  private final Map<Node, RedisSession> sessions = new HashMap<>();
  private String script = "";

  private ClusterSession(RedisClient client, RedisEndpoint endpoint, Partitions nodes) {
    this.client = client;
    this.endpoint = endpoint;
    this.nodes = nodes;
  }

  /**
   * What became of a batch.
   *
   * @param done false: a fence did not hold what was expected, and nothing was done
   * @param errors for each command the error it was answered with, null where it was done
   * @param failure what ends the delivery: why nothing is known of it, or that a permission is
   *     missing; or null
   */
  public record Outcome(boolean done, List<String> errors, ConnectException failure) {}

  /**
   * Learns from the first node that answers which others there are.
   *
   * @throws RetriableException if none can be reached, or the cluster has no nodes for all slots
   * @throws ConnectException if we are not let in
   */
  static ClusterSession open(RedisClient client, RedisEndpoint endpoint) {
    ConnectException last = null;
    for (Node node : endpoint.where().nodes()) {
      try (RedisSession session = RedisSession.open(client, endpoint.at(node))) {
        Partitions nodes = ClusterPartitionParser.parse(session.clusterNodes());
        nodes.updateCache();
        return new ClusterSession(client, endpoint, nodes);
      } catch (RetriableException unreachable) {
        last = unreachable;
      }
    }
    throw last;
  }

  /** Reads keys, wherever they are; null where one is absent. */
  public List<String> read(List<String> keys) {
    List<RedisFuture<String>> replies = new ArrayList<>(keys.size());
    Set<RedisSession> asked = new HashSet<>();
    for (String key : keys) {
      RedisSession session = session(SlotHash.getSlot(key));
      asked.add(session);
      replies.add(session.get(key));
    }
    asked.forEach(RedisSession::flush);
    List<String> values = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      values.add(session(SlotHash.getSlot(keys.get(i))).await(replies.get(i)));
    }
    return values;
  }

  /** Writes batches of different slots, each wholly or not at all. */
  public List<Outcome> execute(List<SlotBatch> batches) {
    List<RedisFuture<List<Object>>> replies = new ArrayList<>(batches.size());
    for (SlotBatch batch : batches) {
      RedisSession session = session(slot(batch));
      replies.add(session.run(script, batch.keys(), batch.values()));
    }
    sessions.values().forEach(RedisSession::flush);
    // One time limit for all: they were sent together.
    long deadline = System.nanoTime() + endpoint.timeout().toNanos();
    List<Outcome> outcomes = new ArrayList<>(batches.size());
    for (int i = 0; i < batches.size(); i++) {
      Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
      outcomes.add(outcome(batches.get(i), replies.get(i), left));
    }
    return outcomes;
  }

  /** Waits until the replicas of each node have what this session has written there. */
  public void awaitReplicas(int replicas, long timeoutMs) {
    for (RedisSession session : sessions.values()) {
      session.awaitReplicas(replicas, timeoutMs);
    }
  }

  @Override
  public void close() {
    sessions.values().forEach(RedisSession::close);
    sessions.clear();
  }

  private Outcome outcome(SlotBatch batch, RedisFuture<List<Object>> reply, Duration longest) {
    try {
      List<Object> answer = session(slot(batch)).await(reply, longest);
      List<String> errors = new ArrayList<>();
      batch.writes().forEach(write -> errors.add(null));
      for (int i = 1; i < answer.size(); i += 2) {
        errors.set(((Long) answer.get(i)).intValue(), String.valueOf(answer.get(i + 1)));
      }
      boolean done = answer.getFirst().equals(1L);
      return new Outcome(done, errors, RedisFailures.accessOf(endpoint, errors));
    } catch (ConnectException failure) {
      return new Outcome(false, List.of(), failure);
    }
  }

  private static int slot(SlotBatch batch) {
    return SlotHash.getSlot(batch.fences().getFirst().key());
  }

  private RedisSession session(int slot) {
    RedisClusterNode owner = nodes.getMasterBySlot(slot);
    if (owner == null) {
      throw new RetriableException(
          "no node of the Redis cluster at " + endpoint.address() + " has slot " + slot);
    }
    Node node = node(owner.getUri());
    RedisSession session = sessions.get(node);
    if (session == null) {
      session = RedisSession.open(client, endpoint.at(node));
      sessions.put(node, session);
      script = session.load(SCRIPT);
    }
    return session;
  }

  /** A node that has not met others does not know its own address: it is the one we asked. */
  private Node node(RedisURI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost();
    return host.isEmpty() ? endpoint.where().nodes().getFirst() : new Node(host, uri.getPort());
  }

  private static String script() {
    try (InputStream in = ClusterSession.class.getResourceAsStream("write-slot.lua")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
