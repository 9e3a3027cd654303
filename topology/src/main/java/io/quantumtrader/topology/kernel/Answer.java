package io.quantumtrader.topology.kernel;

import com.fasterxml.jackson.databind.JsonNode;

/** Computes an output from an input, both with the field names of the old kernels. */
@FunctionalInterface
interface Answer {

  /**
   * Returns the output; a JSON null where there is too little data.
   *
   * @throws InputException where the input has not the fields or types the kernel reads
   * @throws io.quantumtrader.topology.decision.kernel.KernelRefusal where the kernel does not
   *     compute it
   */
  JsonNode of(JsonNode input);
}
