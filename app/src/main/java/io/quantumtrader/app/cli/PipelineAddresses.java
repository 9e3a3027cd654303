package io.quantumtrader.app.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Where the servers of a pipeline are; the empty text for one that it does not have, or that is not
 * known.
 *
 * @param broker broker addresses, host:port with commas between
 * @param registry the registry's Confluent API, a URL
 * @param redis Redis, a URI; it may hold a password
 * @param connect Connect's REST interface, a URL
 * @param topology the numbers of its topology, a URL
 * @param page the page for people, a URL
 */
public record PipelineAddresses(
    String broker, String registry, String redis, String connect, String topology, String page) {

  private static final String BROKER = "bootstrap.servers";
  private static final String REGISTRY = "schema.registry.url";
  private static final String REDIS = "redis.uri";
  private static final String CONNECT = "connect.url";
  private static final String TOPOLOGY = "topology.url";
  private static final String PAGE = "page.url";

  /** Returns the addresses of a broker and a registry, where nothing else is known. */
  public static PipelineAddresses of(String broker, String registry) {
    return new PipelineAddresses(broker, registry, "", "", "", "");
  }

  /** Returns these addresses with a Redis and a Connect worker. */
  public PipelineAddresses withRedisAndConnect(String redisUri, String connectUrl) {
    return new PipelineAddresses(broker, registry, redisUri, connectUrl, topology, page);
  }

  /** Returns these addresses with that of the topology's numbers. */
  public PipelineAddresses withTopology(String url) {
    return new PipelineAddresses(broker, registry, redis, connect, url, page);
  }

  /** Returns these addresses with that of the page. */
  public PipelineAddresses withPage(String url) {
    return new PipelineAddresses(broker, registry, redis, connect, topology, url);
  }

  /** Returns what is known, by a word for each, without passwords. */
  public Map<String, String> shown() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("broker", broker);
    all.put("registry", registry.replaceFirst("//[^/@]*@", "//"));
    all.put("redis", redis.replaceFirst("//[^/@]*@", "//"));
    all.put("connect", connect);
    all.put("topology", topology);
    all.put("page", page);
    all.values().removeIf(String::isEmpty);
    return all;
  }

  static PipelineAddresses from(Properties said) {
    return new PipelineAddresses(
        said.getProperty(BROKER, ""),
        said.getProperty(REGISTRY, ""),
        said.getProperty(REDIS, ""),
        said.getProperty(CONNECT, ""),
        said.getProperty(TOPOLOGY, ""),
        said.getProperty(PAGE, ""));
  }

  void putInto(Properties said) {
    said.setProperty(BROKER, broker);
    said.setProperty(REGISTRY, registry);
    said.setProperty(REDIS, redis);
    said.setProperty(CONNECT, connect);
    said.setProperty(TOPOLOGY, topology);
    said.setProperty(PAGE, page);
  }
}
