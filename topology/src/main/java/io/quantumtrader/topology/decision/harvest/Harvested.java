package io.quantumtrader.topology.decision.harvest;

import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.OpenPosition;
import java.util.Optional;

/**
 * What the harvest stage made of a position.
 *
 * @param position the position, which remembers the proposal that went out last
 * @param proposal the proposal, where one goes out
 */
public record Harvested(OpenPosition position, Optional<HarvestProposal> proposal) {}
