package io.quantumtrader.connectors.redis;

import io.lettuce.core.Range;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real cluster of three masters, the first with a replica; empty before each test. */
final class RealCluster implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  private static final int MASTERS = 3;

  private RedisServers servers;
  private final List<Integer> ports = new ArrayList<>();
  private final List<RedisCommands<String, String>> nodes = new ArrayList<>();

  @Override
  public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
    servers = new RedisServers();
    for (int i = 0; i <= MASTERS; i++) {
      int port = RedisServers.freePort();
      servers.start(
          port,
          "cluster-enabled yes",
          "cluster-config-file nodes.conf",
          "cluster-node-timeout 2000",
          "appendonly no");
      ports.add(port);
      nodes.add(servers.connect(port, ""));
    }
    for (int i = 0; i < MASTERS; i++) {
      int from = i * SlotHash.SLOT_COUNT / MASTERS;
      int to = (i + 1) * SlotHash.SLOT_COUNT / MASTERS;
      nodes.get(i).clusterAddSlots(IntStream.range(from, to).toArray());
      nodes.get(i).clusterSetConfigEpoch(i + 1);
    }
    for (int port : ports.subList(1, ports.size())) {
      nodes.getFirst().clusterMeet("127.0.0.1", port);
    }
    RedisServers.await("all know all", () -> nodes.stream().allMatch(RealCluster::knowsAll));
    nodes.get(MASTERS).clusterReplicate(nodes.getFirst().clusterMyId());
    RedisServers.await(
        "the replica is in step",
        () -> nodes.get(MASTERS).info("replication").contains("master_link_status:up"));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    for (RedisCommands<String, String> node : nodes) {
      if (isMaster(node)) {
        node.flushall();
      }
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    servers.close();
  }

  /** The cluster by one of its nodes, and one that does not answer. */
  String uri() {
    return "redis-cluster://127.0.0.1:1,127.0.0.1:" + ports.get(1);
  }

  RedisCommands<String, String> replica() {
    return nodes.get(MASTERS);
  }

  List<RedisCommands<String, String>> nodes() {
    return nodes;
  }

  int port(RedisCommands<String, String> node) {
    return ports.get(nodes.indexOf(node));
  }

  /** Returns the master that has a key now. */
  RedisCommands<String, String> masterOf(String key) {
    int slot = SlotHash.getSlot(key);
    for (RedisCommands<String, String> node : nodes) {
      if (isMaster(node) && owns(node, slot)) {
        return node;
      }
    }
    throw new AssertionError("no master has slot " + slot);
  }

  /** Returns field n of the entries of a stream, wherever it is. */
  List<Long> stream(String key) {
    return masterOf(key).xrange(key, Range.unbounded()).stream()
        .map(entry -> Long.valueOf(entry.getBody().get("n")))
        .toList();
  }

  static boolean isMaster(RedisCommands<String, String> node) {
    return node.info("replication").contains("role:master");
  }

  private static boolean owns(RedisCommands<String, String> node, int slot) {
    return io.lettuce.core.cluster.models.partitions.ClusterPartitionParser.parse(
            node.clusterNodes())
        .stream()
        .anyMatch(
            known ->
                known.is(io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag.MYSELF)
                    && known.hasSlot(slot));
  }

  private static boolean knowsAll(RedisCommands<String, String> node) {
    return node.clusterInfo().contains("cluster_state:ok")
        && node.clusterInfo().contains("cluster_known_nodes:" + (MASTERS + 1))
        && node.clusterInfo().contains("cluster_slots_ok:" + SlotHash.SLOT_COUNT);
  }
}
