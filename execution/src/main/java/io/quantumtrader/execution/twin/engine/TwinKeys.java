package io.quantumtrader.execution.twin.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** API keys, and what verifies their signatures. Never prints a secret. Thread-safe once filled. */
public final class TwinKeys {
  private final Map<String, Entry> keys = new HashMap<>();

  /** How a key's signatures are verified. */
  private sealed interface Verifier {
    boolean verifies(String payload, String signature);
  }

  private record Entry(String account, boolean mayWithdraw, Verifier verifier) {}

  /** A signature of HMAC SHA-256, hexadecimal. */
  private static final class Hmac implements Verifier {
    private final SecretKeySpec secret;

    Hmac(String secret) {
      this.secret = new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256");
    }

    @Override
    public boolean verifies(String payload, String signature) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(secret);
        String expected = HexFormat.of().formatHex(mac.doFinal(payload.getBytes(UTF_8)));
        String given = signature.toLowerCase(Locale.ROOT);
        return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
      } catch (NoSuchAlgorithmException | InvalidKeyException missing) {
        throw new IllegalStateException("HMAC SHA-256 does not work here", missing);
      }
    }
  }

  /** A signature of Ed25519, base64. */
  private static final class Ed25519 implements Verifier {
    private final PublicKey key;

    Ed25519(PublicKey key) {
      this.key = key;
    }

    @Override
    public boolean verifies(String payload, String signature) {
      try {
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(key);
        check.update(payload.getBytes(UTF_8));
        return check.verify(Base64.getDecoder().decode(signature));
      } catch (GeneralSecurityException | IllegalArgumentException wrong) {
        return false;
      }
    }
  }

  /** Adds a key with an HMAC secret. */
  public void hmac(String account, String apiKey, String secret, boolean mayWithdraw) {
    keys.put(apiKey, new Entry(account, mayWithdraw, new Hmac(secret)));
  }

  /**
   * Adds a key with an Ed25519 public key.
   *
   * @param publicKey PEM, X.509
   * @throws IllegalArgumentException if it is none
   */
  public void ed25519(String account, String apiKey, String publicKey, boolean mayWithdraw) {
    keys.put(apiKey, new Entry(account, mayWithdraw, new Ed25519(parse(publicKey))));
  }

  /** Returns the account of a key. */
  public Optional<String> account(String apiKey) {
    return Optional.ofNullable(keys.get(apiKey)).map(Entry::account);
  }

  /** Returns whether a key may withdraw. */
  public boolean mayWithdraw(String apiKey) {
    Entry entry = keys.get(apiKey);
    return entry != null && entry.mayWithdraw();
  }

  /** Returns whether a key signs by Ed25519, which alone may log on to a session. */
  public boolean isEd25519(String apiKey) {
    Entry entry = keys.get(apiKey);
    return entry != null && entry.verifier() instanceof Ed25519;
  }

  /** Returns whether a signature is the key's, over exactly what was sent. */
  public boolean verifies(String apiKey, String payload, String signature) {
    Entry entry = keys.get(apiKey);
    return entry != null && entry.verifier().verifies(payload, signature);
  }

  private static PublicKey parse(String pem) {
    String base64 =
        pem.replace("-----BEGIN PUBLIC KEY-----", "")
            .replace("-----END PUBLIC KEY-----", "")
            .replaceAll("\\s", "");
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(bytes));
    } catch (GeneralSecurityException wrong) {
      throw new IllegalArgumentException("no Ed25519 public key", wrong);
    }
  }
}
