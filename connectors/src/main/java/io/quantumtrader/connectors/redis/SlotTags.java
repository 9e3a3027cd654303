package io.quantumtrader.connectors.redis;

import io.lettuce.core.cluster.SlotHash;

/** For each slot of a cluster a short text that, as a hash tag, puts a key there. */
final class SlotTags {

  private static final String[] TAGS = tags();

  private SlotTags() {}

  /** Returns the text for a slot. */
  static String of(int slot) {
    return TAGS[slot];
  }

  /** Returns the slot that a key is in. */
  static int slotOf(String key) {
    return SlotHash.getSlot(key);
  }

  /** Numbers in turn: all slots are hit within some 200 000. */
  private static String[] tags() {
    String[] tags = new String[SlotHash.SLOT_COUNT];
    int missing = tags.length;
    for (int i = 0; missing > 0; i++) {
      String tag = Integer.toString(i);
      int slot = SlotHash.getSlot(tag);
      if (tags[slot] == null) {
        tags[slot] = tag;
        missing--;
      }
    }
    return tags;
  }
}
