package io.quantumtrader.topology.compare;

/** How much a difference matters to an application that has run before; worse is later. */
public enum Verdict {
  /** It can be deployed as it is. */
  HARMLESS,
  /** It can be deployed, with work: state or records on the way stay behind otherwise. */
  MIGRATION,
  /** Something cannot be read, or is lost, whatever is done to the running application. */
  BREAKING
}
