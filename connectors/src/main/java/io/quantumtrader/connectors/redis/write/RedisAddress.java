package io.quantumtrader.connectors.redis.write;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/**
 * Where Redis is, read from a URI.
 *
 * @param layout what stands there
 * @param tls whether connections are encrypted
 * @param nodes the server; the sentinels; or some nodes of a cluster, from which the rest is learnt
 * @param database number of the database, 0 in a cluster
 * @param master the name the sentinels know the master by, empty without sentinels
 */
public record RedisAddress(
    Layout layout, boolean tls, List<Node> nodes, int database, String master) {

  private static final Pattern URI =
      Pattern.compile("(rediss?)(|-sentinel|-cluster)://([^/#?@]+)(?:/(\\d{0,4}))?(?:#([^#]+))?");
  private static final Pattern NODE =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");
  private static final Pattern SCHEME = Pattern.compile("rediss?(-sentinel|-cluster)?://.*");

  private static final int PORT = 6379;
  private static final int SENTINEL_PORT = 26379;

  /** How the servers are arranged. */
  public enum Layout {
    /** One server. */
    STANDALONE,
    /** A master that sentinels watch and replace. */
    SENTINEL,
    /** Several masters, each with a part of the keys. */
    CLUSTER
  }

  /**
   * One server.
   *
   * @param host name or address; of IP version 6 without brackets
   * @param port TCP port
   */
  public record Node(String host, int port) {
    @Override
    public String toString() {
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }

  public RedisAddress {
    nodes = List.copyOf(nodes);
  }

  /**
   * Reads a URI.
   *
   * @throws ConfigException if it is no Redis URI, or holds a password; the message repeats neither
   */
  public static RedisAddress parse(String uri) {
    if (!SCHEME.matcher(uri).matches()) {
      throw new ConfigException(
          "a Redis URI must begin with redis://, redis-sentinel:// or redis-cluster://, or with"
              + " rediss instead of redis for TLS");
    }
    if (uri.indexOf('@') >= 0) {
      throw new ConfigException(
          "the Redis URI must not hold user or password: use redis.username and redis.password");
    }
    Matcher matcher = URI.matcher(uri);
    if (!matcher.matches()) {
      // The URI is not repeated: a password may be there that should not be.
      throw new ConfigException(
          "the Redis URI cannot be read: expected redis://host:port/database,"
              + " redis-sentinel://host:port,host:port/database#master or"
              + " redis-cluster://host:port,host:port");
    }
    return of(matcher);
  }

  private static RedisAddress of(Matcher uri) {
    Layout layout =
        switch (uri.group(2)) {
          case "-sentinel" -> Layout.SENTINEL;
          case "-cluster" -> Layout.CLUSTER;
          default -> Layout.STANDALONE;
        };
    String database = uri.group(4) == null || uri.group(4).isEmpty() ? "0" : uri.group(4);
    String master = uri.group(5) == null ? "" : uri.group(5);
    boolean tls = uri.group(1).equals("rediss");
    List<Node> nodes = nodes(uri.group(3), layout == Layout.SENTINEL ? SENTINEL_PORT : PORT);
    RedisAddress address = new RedisAddress(layout, tls, nodes, Integer.parseInt(database), master);
    address.check();
    return address;
  }

  private static List<Node> nodes(String authority, int defaultPort) {
    List<Node> nodes = new ArrayList<>();
    for (String text : authority.split(",", -1)) {
      Matcher node = NODE.matcher(text.trim());
      if (!node.matches()) {
        throw new ConfigException("the Redis URI cannot be read: expected host:port");
      }
      int port = node.group(2) == null ? defaultPort : Integer.parseInt(node.group(2));
      if (port < 1 || port > 65_535) {
        throw new ConfigException("the Redis URI cannot be read: a port is 1 to 65535");
      }
      nodes.add(new Node(node.group(1).replaceAll("[\\[\\]]", ""), port));
    }
    return nodes;
  }

  private void check() {
    if (layout == Layout.SENTINEL && master.isEmpty()) {
      throw new ConfigException("a sentinel URI ends with # and the name of the master");
    }
    if (layout != Layout.SENTINEL && !master.isEmpty()) {
      throw new ConfigException("only a sentinel URI can name a master");
    }
    if (layout == Layout.STANDALONE && nodes.size() > 1) {
      throw new ConfigException(
          "several hosts need redis-sentinel:// or redis-cluster:// in the Redis URI");
    }
    if (layout == Layout.CLUSTER && database != 0) {
      throw new ConfigException("a cluster has only database 0");
    }
  }

  /** Returns hosts and ports, for messages. */
  @Override
  public String toString() {
    String hosts = nodes.stream().map(Node::toString).collect(Collectors.joining(","));
    return master.isEmpty() ? hosts : hosts + "#" + master;
  }
}
