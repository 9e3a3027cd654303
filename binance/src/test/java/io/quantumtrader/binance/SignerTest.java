package io.quantumtrader.binance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SignerTest {

  @Test
  void shouldSignAsTheExchangeDocumentsIt() {
    // given: the example in the exchange's documentation
    Signer signer = Signer.hmac("NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j");

    // when
    String signature =
        signer.sign(
            "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1"
                + "&recvWindow=5000&timestamp=1499827319559");

    // then
    assertThat(signature)
        .isEqualTo("c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71");
  }

  @Test
  void shouldSignWithAnEd25519KeySoThatThePublicHalfProvesIt() throws Exception {
    // given
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";

    // when
    String signature = Signer.ed25519(pem).sign("symbol=BTCUSDT&timestamp=1");

    // then
    Signature proof = Signature.getInstance("Ed25519");
    proof.initVerify(pair.getPublic());
    proof.update("symbol=BTCUSDT&timestamp=1".getBytes(UTF_8));
    assertThat(proof.verify(Base64.getDecoder().decode(signature))).isTrue();
  }

  @Test
  void shouldSayNothingOfAKeyThatIsNone() {
    assertThatThrownBy(() -> Signer.ed25519("-----BEGIN PRIVATE KEY-----\nplantedSecret="))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("planted")
        .hasNoCause();
    assertThat(Signer.hmac("plantedSecret").toString()).isEqualTo("HMAC");
  }
}
