/** Dead letters: one way to make them, for every writer, and one to read them. */
package io.quantumtrader.schemas.deadletter;
