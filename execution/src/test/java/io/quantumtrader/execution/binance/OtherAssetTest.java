package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.Signer;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.twin.TwinAccount;
import io.quantumtrader.execution.twin.core.TwinRules;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.IncomeKind;
import io.quantumtrader.schemas.avro.OrderSide;
import java.math.BigDecimal;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An account that pays its commission in BNB, with an Ed25519 key. */
class OtherAssetTest extends OnTheTwin {

  private final KeyPair pair = pair();

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String pem(String what, byte[] encoded) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(encoded), what);
  }

  @Override
  TwinAccount account() {
    return TwinAccount.ed25519(MAIN, KEY, pem("PUBLIC KEY", pair.getPublic().getEncoded()), "10000")
        .withBnb("10");
  }

  @Override
  TwinRules rules() {
    TwinRules usual = TwinRules.usual();
    return new TwinRules(
        usual.takerFee(),
        usual.makerFee(),
        true,
        usual.bnbPrice(),
        usual.slippage(),
        usual.fundingRate(),
        usual.fundingIntervalMs(),
        usual.liquidationFee(),
        usual.restingReduceOnlyUsesPosition(),
        usual.restingConditionalUsesPosition());
  }

  @Override
  Signer signer() {
    return Signer.ed25519(pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
  }

  @Test
  void shouldKeepTheWalletOfTheQuoteAssetFreeOfOtherFees() {
    // given
    follow();

    // when
    Accepted bought = buy("0.010", PLAN);
    Accepted sold = (Accepted) exchange.execute(order(OrderSide.SELL, "0.010", true, OTHER_PLAN));

    // then: what was realised is all that the wallet tells
    Fill fill = bought.fills().getFirst();
    assertThat(fill.getFee()).isZero();
    assertThat(fill.getFeeAsset()).isEqualTo("BNB");
    assertThat(fill.getFeePaid()).isPositive();
    BigDecimal realized =
        sold.fills().getFirst().getPrice().subtract(fill.getPrice()).multiply(fill.getQuantity());
    BigDecimal wallet = exchange.account(MAIN, now()).orElseThrow().getWallet();
    assertThat(wallet).isEqualByComparingTo(new BigDecimal("10000").add(realized));
    assertThat(wallet).isEqualByComparingTo(twin.state().wallet(MAIN));
  }

  @Test
  void shouldTellOfCommissionInAnotherAssetOnce() {
    // given
    follow();
    Accepted bought = buy("0.010", PLAN);

    // when
    List<ExchangeIncome> income = new ArrayList<>();
    await(
        () -> {
          assertThat(exchange.marketLink().unplanned(MAIN, now())).isEmpty();
          income.addAll(exchange.marketLink().income(MAIN, now()));
          return !income.isEmpty();
        });

    // then
    assertThat(income).hasSize(1);
    ExchangeIncome paid = income.getFirst();
    assertThat(paid.getKind()).isEqualTo(IncomeKind.COMMISSION);
    assertThat(paid.getAsset()).isEqualTo("BNB");
    assertThat(paid.getAmount())
        .isEqualByComparingTo(bought.fills().getFirst().getFeePaid().negate());
  }
}
