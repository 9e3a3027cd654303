/** Orders of an operator, as they come from the page: what they are, and who carries them out. */
package io.quantumtrader.console.order;
