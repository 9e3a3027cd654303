package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.decision.Copies;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.heat.HeatGate;
import io.quantumtrader.topology.decision.heat.PortfolioHeat.Level;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.kafka.streams.processor.api.Record;

/** Calibrates each proposal, publishes it with its calibration, and hands it to the apply layer. */
final class HeatGateProcessor extends StageProcessor<HarvestProposal> {

  HeatGateProcessor(int accountPartitions) {
    super(accountPartitions);
  }

  @Override
  public void process(Record<String, HarvestProposal> record) {
    String account = keys().accountOfKey(record.key());
    long nowMs = state().nowMs();
    if (record.value() == null) {
      write(Outcome.empty().emit(Emission.calibrationGone(record.key())), nowMs);
      return;
    }
    HarvestProposal proposal = record.value();
    String named = Accounts.key(proposal.getAccount(), proposal.getSymbol());
    if (!named.equals(record.key())) {
      throw KeyCheck.mismatch(record.key(), named);
    }
    Deciding.checkBounds(proposal);
    Lookups lookups = new Lookups(nowMs);
    Policy policy = data().policy(account, lookups).policy();
    HeatGate.Heat heat = heat(state().money(account));

    write(decide(() -> calibrated(proposal, heat, policy, lookups, nowMs)), nowMs);
  }

  private static Outcome calibrated(
      HarvestProposal proposal, HeatGate.Heat heat, Policy policy, Lookups lookups, long nowMs) {
    HarvestProposal calibrated =
        Copies.of(proposal, HarvestProposal.newBuilder())
            .setCalibration(HeatGate.calibrate(proposal, heat, policy, nowMs))
            .build();
    return Outcome.empty()
        .emit(Emission.calibrated(calibrated))
        .emit(
            Emission.toStage(
                Names.APPLY_LAYER,
                proposal.getAccount(),
                new CloseCase.Proposed(calibrated, policy, lookups.list())));
  }

  private static HeatGate.Heat heat(Optional<PortfolioState> portfolio) {
    Optional<Double> heat = portfolio.map(PortfolioState::getHeat);
    return heat.isEmpty()
        ? new HeatGate.Heat(OptionalDouble.empty(), Level.UNKNOWN)
        : new HeatGate.Heat(
            OptionalDouble.of(heat.get()), Level.valueOf(portfolio.get().getHeatLevel()));
  }
}
