package io.quantumtrader.topology.live;

import io.quantumtrader.topology.export.NodeNumbers;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What a process measured at the nodes of its topology. May be used by several threads. */
public final class NodeMeters {

  /** Name of the setting under which the process passes its meters to the topology. */
  public static final String SETTING = "quantum.topology.node.meters";

  private final Map<String, NodeMeter> meters = new ConcurrentHashMap<>();

  /** Returns the meter of a node; all its tasks share one. */
  NodeMeter of(String node) {
    return meters.computeIfAbsent(node, name -> new NodeMeter());
  }

  /** Returns the numbers of every node since the process started. */
  public Map<String, NodeNumbers> snapshot() {
    Map<String, NodeNumbers> numbers = new TreeMap<>();
    meters.forEach((node, meter) -> numbers.put(node, meter.numbers()));
    return numbers;
  }
}
