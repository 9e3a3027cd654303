package io.quantumtrader.replay.hash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A digest of the state: SHA-256 over the rows in the order of table and key, each as its length
 * and its bytes. Two pipelines with the same hash decide the same about the same input.
 *
 * @param whole of all rows, 64 hexadecimal digits
 * @param accounts of the rows of each account, by its name
 * @param tables of the rows of each table, by its name; for finding out what differs
 */
public record StateHash(
    String whole, SortedMap<String, String> accounts, SortedMap<String, String> tables) {

  /** Digests rows. */
  public static StateHash of(StateRows rows) {
    MessageDigest whole = Digests.begin();
    Map<String, MessageDigest> accounts = new TreeMap<>();
    SortedMap<String, String> tables = new TreeMap<>();
    rows.tables()
        .forEach(
            (table, of) -> {
              if (!of.isEmpty()) {
                tables.put(table, add(table, of, whole, accounts));
              }
            });
    SortedMap<String, String> byAccount = new TreeMap<>();
    accounts.forEach((account, digest) -> byAccount.put(account, Digests.hex(digest)));
    return new StateHash(Digests.hex(whole), byAccount, tables);
  }

  private static String add(
      String table,
      NavigableMap<byte[], byte[]> rows,
      MessageDigest whole,
      Map<String, MessageDigest> accounts) {
    byte[] name = table.getBytes(UTF_8);
    MessageDigest own = Digests.begin();
    rows.forEach(
        (key, value) -> {
          row(whole, name, key, value);
          row(own, name, key, value);
          String owner = StateRows.owner(table, key);
          if (!owner.equals(StateRows.SHARED)) {
            row(accounts.computeIfAbsent(owner, any -> Digests.begin()), name, key, value);
          }
        });
    return Digests.hex(own);
  }

  private static void row(MessageDigest digest, byte[]... parts) {
    for (byte[] part : parts) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
      digest.update(part);
    }
  }
}
