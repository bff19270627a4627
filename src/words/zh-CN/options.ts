// 设置向导和选项页的文字。
import type { options as english } from '../en/options';

export const options: Readonly<Record<keyof typeof english, string>> = {
  optionsTitle: 'Callbar 设置',
};
