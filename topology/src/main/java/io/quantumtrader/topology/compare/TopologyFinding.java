package io.quantumtrader.topology.compare;

/**
 * One difference between two topologies.
 *
 * @param change what kind it is
 * @param subject name of the node, store, topic or sub-topology
 * @param detail what it was and what it is, in a few words; may be empty
 */
public record TopologyFinding(Change change, String subject, String detail) {

  /** Returns how much it matters. */
  public Verdict verdict() {
    return change.verdict();
  }
}
