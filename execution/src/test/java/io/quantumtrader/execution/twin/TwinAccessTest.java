package io.quantumtrader.execution.twin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.twin.SignedClient.Answer;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import io.quantumtrader.execution.twin.engine.TwinLimits;
import java.io.IOException;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys, signatures, clock and limits. */
final class TwinAccessTest extends TwinTestBase {
  private static final String BALANCE = "/fapi/v3/balance";

  @Override
  TwinSettings.Builder change(TwinSettings.Builder settings) {
    return settings.limits(new TwinLimits(50, 3, 5, 2, 30_000));
  }

  @Test
  void shouldKnowKeysByTheirFormAndByTheirName() {
    try (SignedClient malformed = new SignedClient(twin.restUrl(), "short", SECRET, twin::nowMs);
        SignedClient unknown =
            new SignedClient(twin.restUrl(), "nobodys-key-0123456789", SECRET, twin::nowMs)) {
      Answer first = malformed.signed("GET", BALANCE, "");
      Answer second = unknown.signed("GET", BALANCE, "");

      assertThat(first.code()).isEqualTo(-2014);
      assertThat(second.code()).isEqualTo(-2015);
      assertThat(second.status()).isEqualTo(401);
    }
  }

  @Test
  void shouldRefuseASignatureOverSomethingElse() {
    String payload = "timestamp=" + twin.nowMs();

    Answer other = client.send("GET", BALANCE + "?" + payload + "&signature=" + client.hmac("x"));
    Answer none = client.send("GET", BALANCE + "?" + payload);
    Answer changed =
        client.send(
            "GET", BALANCE + "?" + payload + "&recvWindow=9&signature=" + client.hmac(payload));

    assertThat(other.code()).isEqualTo(-1022);
    assertThat(none.code()).isEqualTo(-1102);
    assertThat(changed.code()).isEqualTo(-1022);
  }

  @Test
  @Tag("assumes-receive-window")
  void shouldHoldTheReceiveWindowAgainstItsOwnClock() {
    assertThat(at(twin.nowMs() - 5_000, "").status()).isEqualTo(200);
    assertThat(at(twin.nowMs() - 5_001, "").code()).isEqualTo(-1021);
    assertThat(at(twin.nowMs() - 1_001, "&recvWindow=1000").code()).isEqualTo(-1021);
    assertThat(at(twin.nowMs() + 999, "").status()).isEqualTo(200);
    assertThat(at(twin.nowMs() + 1_000, "").code()).isEqualTo(-1021);
    assertThat(at(twin.nowMs(), "&recvWindow=60001").code()).isEqualTo(-1131);
  }

  @Test
  void shouldRefuseAClientWhoseClockIsOff() {
    twin.faults().clockOffsetMs(5_000);
    long wrong = twin.nowMs() - 5_001;

    assertThat(at(wrong, "").code()).isEqualTo(-1021);
    assertThat(client.send("GET", "/fapi/v1/time").body().path("serverTime").asLong())
        .isEqualTo(START_MS + 5_000);
  }

  @Test
  void shouldVerifyEd25519() throws GeneralSecurityException, IOException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    TwinSettings settings =
        TwinSettings.of(
                List.of(TwinAccount.ed25519("ed", KEY, pem, "1000")),
                List.of(TwinSymbol.perpetual(BTC, "60000", "0.1", "0.001", "100")))
            .tickMs(0)
            .clock(clock::get)
            .build();
    try (ExchangeTwin other = ExchangeTwin.start(settings);
        SignedClient plain = new SignedClient(other.restUrl(), KEY, SECRET, other::nowMs)) {
      String payload = "timestamp=" + other.nowMs();
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(pair.getPrivate());
      signer.update(payload.getBytes(UTF_8));
      String signature = Base64.getEncoder().encodeToString(signer.sign());

      Answer right =
          plain.send(
              "GET", BALANCE + "?" + payload + "&signature=" + URLEncoder.encode(signature, UTF_8));
      Answer wrong = plain.signed("GET", BALANCE, "");

      assertThat(right.status()).as("%s", right.body()).isEqualTo(200);
      assertThat(wrong.code()).isEqualTo(-1022);
    }
  }

  @Test
  @Tag("assumes-ten-past-the-limit")
  void shouldSayWhatIsUsedThenLimitThenBan() {
    for (int i = 1; i <= 10; i++) {
      Answer answer = client.signed("GET", BALANCE, "");
      assertThat(answer.header("X-MBX-USED-WEIGHT-1M")).isEqualTo(Integer.toString(i * 5));
    }
    long restOfMinute = 60 - START_MS / 1_000 % 60;

    Answer limited = client.signed("GET", BALANCE, "");
    client.signed("GET", BALANCE, "");
    Answer banned = client.signed("GET", BALANCE, "");
    clock.addAndGet(29_000);
    Answer still = client.send("GET", "/fapi/v1/ping");
    clock.addAndGet(61_000);
    Answer free = client.send("GET", "/fapi/v1/ping");

    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.code()).isEqualTo(-1003);
    assertThat(limited.header("Retry-After")).isEqualTo(Long.toString(restOfMinute));
    assertThat(banned.status()).isEqualTo(418);
    assertThat(banned.header("Retry-After")).isEqualTo("30");
    assertThat(still.status()).isEqualTo(418);
    assertThat(still.header("Retry-After")).isEqualTo("1");
    assertThat(free.status()).isEqualTo(200);
  }

  @Test
  void shouldLimitOrdersByTenSecondsAndByMinute() {
    for (int i = 1; i <= 3; i++) {
      Answer taken = client.market(BTC, "BUY", "0.002", "");
      assertThat(taken.header("X-MBX-ORDER-COUNT-10S")).isEqualTo(Integer.toString(i));
    }

    Answer fourth = client.market(BTC, "BUY", "0.002", "");
    clock.addAndGet(10_000);
    Answer fifth = client.market(BTC, "BUY", "0.002", "");

    assertThat(fourth.code()).isEqualTo(-1015);
    assertThat(fourth.status()).isEqualTo(429);
    assertThat(fourth.header("Retry-After")).isNotEmpty();
    assertThat(fifth.status()).isEqualTo(200);
    assertThat(fifth.header("X-MBX-ORDER-COUNT-1M")).isEqualTo("4");
  }

  @Test
  void shouldShowNoSecret() {
    TwinAccount account = TwinAccount.hmac(ACCOUNT, KEY, SECRET, "1");

    assertThat(account.toString()).doesNotContain(SECRET).doesNotContain(KEY);
    assertThat(client.send("GET", "/twin/state?account=main").body().toString())
        .doesNotContain(SECRET);
  }

  private Answer at(long timestamp, String more) {
    String payload = "timestamp=" + timestamp + more;
    return client.send("GET", BALANCE + "?" + payload + "&signature=" + client.hmac(payload));
  }
}
