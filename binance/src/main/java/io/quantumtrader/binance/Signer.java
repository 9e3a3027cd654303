package io.quantumtrader.binance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests. It shows nothing of what it signs with. Safe for use by several threads. */
public sealed interface Signer {

  /**
   * Returns the signature of a request, not yet encoded for a URL.
   *
   * @param payload query string and body as they are sent
   */
  String sign(String payload);

  /**
   * Returns a signer by HMAC SHA-256; its signatures are hex.
   *
   * @param secret not empty
   * @throws IllegalArgumentException where it is empty
   */
  static Signer hmac(String secret) {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("the secret is empty");
    }
    return new Hmac(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
  }

  /**
   * Returns a signer by Ed25519; its signatures are base64.
   *
   * @param pem a private key in PKCS#8, not encrypted, as {@code openssl genpkey} writes it
   * @throws IllegalArgumentException where it is none; the message says nothing of the key
   */
  static Signer ed25519(String pem) {
    String body =
        pem.replace("-----BEGIN PRIVATE KEY-----", "")
            .replace("-----END PRIVATE KEY-----", "")
            .replaceAll("\\s", "");
    try {
      byte[] encoded = Base64.getDecoder().decode(body.getBytes(US_ASCII));
      PrivateKey key =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return new Ed25519(key);
    } catch (GeneralSecurityException | IllegalArgumentException hidden) {
      // Neither message nor cause goes on: they may quote the key.
      throw new IllegalArgumentException("not an Ed25519 private key in PKCS#8 PEM");
    }
  }

  /** By a shared secret. */
  final class Hmac implements Signer {

    private final SecretKeySpec secret;

    private Hmac(SecretKeySpec secret) {
      this.secret = secret;
    }

    @Override
    public String sign(String payload) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(secret);
        return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(UTF_8)));
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException("every Java platform has HMAC SHA-256", impossible);
      }
    }

    @Override
    public String toString() {
      return "HMAC";
    }
  }

  /** By a private key of which the exchange has the public half. */
  final class Ed25519 implements Signer {

    private final PrivateKey key;

    private Ed25519(PrivateKey key) {
      this.key = key;
    }

    @Override
    public String sign(String payload) {
      try {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(payload.getBytes(UTF_8));
        return Base64.getEncoder().encodeToString(signature.sign());
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException("an Ed25519 key signs anything", impossible);
      }
    }

    @Override
    public String toString() {
      return "Ed25519";
    }
  }
}
