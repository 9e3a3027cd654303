/** Dead letters: one way to make them, for every writer. */
package io.quantumtrader.schemas.deadletter;
