package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.binance.Call;
import io.quantumtrader.binance.Pause;
import io.quantumtrader.binance.RateBudget;
import io.quantumtrader.binance.Reply;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.binance.SignedRest;
import io.quantumtrader.binance.Signer;

/** The trader himself, at work beside the adapter. */
final class HandOf implements AutoCloseable {

  private final SignedRest rest;

  HandOf(BinanceSettings settings) {
    rest =
        new SignedRest(
            settings.environment(),
            new ApiKey(OnTheTwin.MAIN, OnTheTwin.KEY, Signer.hmac(OnTheTwin.SECRET)),
            settings.rest(),
            System::currentTimeMillis,
            RateBudget.documented(),
            SessionRecorder.none(),
            Pause.SLEEP);
  }

  /** Does something, which the exchange must accept. */
  Reply.Success send(Call call) {
    Reply reply = rest.send(call);
    assertThat(reply).isInstanceOf(Reply.Success.class);
    return (Reply.Success) reply;
  }

  @Override
  public void close() {
    rest.close();
  }
}
