package io.quantumtrader.replay.simulate;

import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.Optional;
import java.util.Set;

/**
 * What a simulation came to.
 *
 * @param settings what it was made from
 * @param broken the first promise that did not hold; empty where all did
 * @param codes reasons that were given
 * @param races races that were met
 * @param events how many events its schedule has
 * @param records how many records were written
 * @param recordsHash digest of all those records, 64 hexadecimal digits
 * @param stateHash digest of all stores at its end, 64 hexadecimal digits
 */
public record SimulationReport(
    SimulationSettings settings,
    Optional<Broken> broken,
    Set<ReasonCode> codes,
    Set<Race> races,
    int events,
    long records,
    String recordsHash,
    String stateHash) {

  public SimulationReport {
    codes = Set.copyOf(codes);
    races = Set.copyOf(races);
  }
}
