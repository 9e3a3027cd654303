/** Dead letters one by one: which may be sent again, what is known of them, and who does it. */
package io.quantumtrader.console.letter;
