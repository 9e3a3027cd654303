package io.quantumtrader.binance;

import java.util.Objects;

/**
 * The key of one account. It is handed to the client and to nobody else; as text it shows its first
 * four characters, so that two can be told apart.
 */
public final class ApiKey {

  private final String account;
  private final String id;
  private final Signer signer;

  /**
   * Makes a key.
   *
   * @param account our name of the account, 1 to 32 of a-z, 0-9, underscore and dash
   * @param id what the exchange calls the key: goes into the header of requests
   * @param signer what requests are signed with
   * @throws IllegalArgumentException where a name is wrong
   */
  public ApiKey(String account, String id, Signer signer) {
    if (!account.matches("[a-z0-9_-]{1,32}")) {
      throw new IllegalArgumentException("not the name of an account: " + account);
    }
    if (!id.matches("[\\x21-\\x7e]{1,256}")) {
      throw new IllegalArgumentException("the API key of " + account + " is empty or not a key");
    }
    this.account = account;
    this.id = id;
    this.signer = Objects.requireNonNull(signer, "signer");
  }

  /** Returns our name of the account. */
  public String account() {
    return account;
  }

  /** Returns what the exchange calls the key. */
  String id() {
    return id;
  }

  /** Returns what requests are signed with. */
  Signer signer() {
    return signer;
  }

  @Override
  public String toString() {
    return account + ": " + (id.length() > 12 ? id.substring(0, 4) : "") + "... (" + signer + ")";
  }
}
