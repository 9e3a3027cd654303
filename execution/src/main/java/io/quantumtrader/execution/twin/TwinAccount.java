package io.quantumtrader.execution.twin;

import java.math.BigDecimal;

/**
 * An account of the twin. Its text never has the secret.
 *
 * @param account a name for it
 * @param apiKey 16 to 128 letters, digits, {@code -} and {@code _}
 * @param secret the HMAC secret; empty for an Ed25519 key
 * @param publicKey the Ed25519 public key, PEM; empty for an HMAC key
 * @param wallet USDT to start with, 0 or more
 * @param bnb BNB to start with, for commissions, 0 or more
 * @param hedgeMode whether it has a long and a short position a symbol
 * @param multiAssets whether other assets count as margin
 * @param mayWithdraw whether the key has the permission to withdraw
 */
public record TwinAccount(
    String account,
    String apiKey,
    String secret,
    String publicKey,
    BigDecimal wallet,
    BigDecimal bnb,
    boolean hedgeMode,
    boolean multiAssets,
    boolean mayWithdraw) {

  /** Has one of both, a secret or a public key. */
  public TwinAccount {
    if (secret.isEmpty() == publicKey.isEmpty()) {
      throw new IllegalArgumentException(account + ": either a secret or a public key");
    }
    if (wallet.signum() < 0 || bnb.signum() < 0) {
      throw new IllegalArgumentException(account + ": a wallet starts with 0 or more");
    }
  }

  /** Returns an account in one-way mode with an HMAC key. */
  public static TwinAccount hmac(String account, String apiKey, String secret, String wallet) {
    BigDecimal usdt = new BigDecimal(wallet);
    return new TwinAccount(account, apiKey, secret, "", usdt, BigDecimal.ZERO, false, false, false);
  }

  /** Returns an account in one-way mode with an Ed25519 key. */
  public static TwinAccount ed25519(
      String account, String apiKey, String publicKey, String wallet) {
    BigDecimal usdt = new BigDecimal(wallet);
    return new TwinAccount(
        account, apiKey, "", publicKey, usdt, BigDecimal.ZERO, false, false, false);
  }

  /** Returns it with BNB. */
  public TwinAccount withBnb(String amount) {
    return new TwinAccount(
        account,
        apiKey,
        secret,
        publicKey,
        wallet,
        new BigDecimal(amount),
        hedgeMode,
        multiAssets,
        mayWithdraw);
  }

  /** Returns it in hedge mode or not. */
  public TwinAccount withHedgeMode(boolean on) {
    return new TwinAccount(
        account, apiKey, secret, publicKey, wallet, bnb, on, multiAssets, mayWithdraw);
  }

  /** Returns it with the permission to withdraw or without. */
  public TwinAccount withWithdrawals(boolean on) {
    return new TwinAccount(
        account, apiKey, secret, publicKey, wallet, bnb, hedgeMode, multiAssets, on);
  }

  @Override
  public String toString() {
    return "TwinAccount[" + account + ", wallet=" + wallet + "]";
  }
}
