package io.quantumtrader.topology.symbol;

import io.quantumtrader.schemas.avro.ExchangeView;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.DecisionFailedException;
import io.quantumtrader.topology.decision.snapshot.ExchangeViews;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keeps what the exchange says of a position with its symbol. It is shown with the next price:
 * nothing goes out here.
 */
final class ExchangeViewRows implements Processor<String, ExchangeView, String, Object> {

  private SymbolState state;

  @Override
  public void init(ProcessorContext<String, Object> context) {
    state = SymbolState.in(context);
  }

  @Override
  public void process(Record<String, ExchangeView> record) {
    ExchangeView said = record.value();
    if (said == null) {
      throw new DecisionFailedException(
          ReasonCode.VALUE_MISSING, "key " + record.key() + " has no value");
    }
    Optional<ExchangeView> known = state.exchangeView(said.getSymbol(), said.getAccount());
    ExchangeView kept = Deciding.on(() -> ExchangeViews.after(known, said));
    state.apply(new SymbolChange.ExchangeSpoke(kept));
  }
}
