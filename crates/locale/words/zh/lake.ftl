# 在其他程序写出的 Parquet 观测值文件中发现的问题。

XCH300 = 文件 { $file } 是空的。
    .why = 其中没有任何字节，因此无可读取。
    .remedy = 请重新写出该文件；空文件往往意味着下载或导出中断。
XCH301 = 文件 { $file } 不是 Parquet 文件：{ $found ->
        [html] 它是网页
        [zip] 它是 ZIP 压缩包或工作簿
        [arrow] 它是 Arrow 或 Feather 文件
        [sqlite] 它是 SQLite 数据库
        [pdf] 它是 PDF 文档
        [gzip] 它经 gzip 压缩
        [text] 它是文本，可能是 CSV
       *[other] 其开头字节属于其他格式
    }。
    .why = 文件名称为 Parquet，但读取方式取决于内容。
    .remedy = { $found ->
        [html] 请重新下载；以该文件名出现的网页往往是登录页或错误提示。
        [zip] 请使用其本来的扩展名（工作簿为 .xlsx），或先解开压缩包。
        [gzip] 请先解压该文件。
        [text] 如果是 CSV，请使用扩展名 .csv。
       *[other] 请将该表重新写为 Parquet，或写为 CSV、XLSX。
    }
XCH302 = 文件 { $file } 不完整：开头是 Parquet，但缺少结尾。
    .why = Parquet 文件在结尾处说明各部分的位置；没有结尾就一行也读不出。
    .remedy = 请重新完整地复制或下载该文件。
XCH303 = 文件 { $file } 已加密。
    .why = 没有密钥就无法读取，而本程序不接收密钥。
    .remedy = 请以不加密的方式重新写出该文件。
XCH304 = 文件 { $file } 已损坏（{ $detail }）。
    .why = 它对自身的说明与内容不符，因此其中任何一行都不可信。
    .remedy = 请重新复制或写出该文件。
XCH305 = 文件 { $file } 过大：{ $what ->
        [rows] 有 { $n } 行，上限为 { $limit } 行
        [columns] 有 { $n } 列，上限为 { $limit } 列
       *[bytes] 解压后有 { $n } 字节，上限为 { $limit } 字节
    }。
    .why = 超过上限的文件可能耗尽服务器内存，影响所有人。
    .remedy = 请拆分文件，或去掉不需要的内容。
XCH306 = 文件 { $file } 以 { $codec } 压缩，本程序无法读取。
    .why = 其中的值无法解压。
    .remedy = 请以 Snappy 压缩或不压缩的方式写出该文件。
XCH307 = 缺少列 { $column }。
    .why = 没有这一列就不知道数值说的是什么，因此无法接收任何一行。
    .remedy = 请添加列 { $column }。
XCH308 = 列 { $column } 不属于本表，已略过。
    .why = 其中的值不会被保存。
    .remedy = { $near ->
        [yes] 如果指的是 { $nearest }，请改名；否则请去掉该列。
       *[no] 请去掉该列，或改为所指列的名称。
    }
XCH309 = 列 { $column } 出现了两次。
    .why = 无从判断以哪一列为准。
    .remedy = 请只保留其中一列。
XCH310 = 列 { $column } 的值为 { $found } 类型，不能按每行一个值读取。
    .why = 一个单元格只容纳一段文本、一个数字或一个日期；列表、结构和字节不能放入。
    .remedy = 请将该列写为文本、数字或日期。
XCH311 = { $column } 列第 { $row } 行的“{ $value }”不是{ $expected ->
        [number] 数字
        [whole] 整数
        [date] 日期
        [period] 时期
        [breakdown] 分组
       *[code] 代码
    }。
    .why = 类型不符的值无法计算，也无法比较。
    .remedy = { $expected ->
        [number] 请用数字和小数点书写，例如 1234.5，不带单位和文字。
        [whole] 请填写整数，例如 12。
        [date] 请按“年-月-日”填写，例如 2016-06-30，存为文本或不带时间的日期。
        [period] 请填写 2016、2016-S1、2016-Q2、2016-03 或 2014/2015。
        [breakdown] 请填写维度和类别，例如 sex=female;age=15-24。
       *[code] 请填写不含空格的代码。
    }
XCH312 = { $column } 列第 { $row } 行的“{ $value }”不在代码表中。
    .why = 未定义的代码不会计入任何数字。
    .remedy = { $near ->
        [yes] 如果指的是 { $nearest }，请改正；可用的代码有 { $allowed }。
       *[no] 可用的代码有 { $allowed }。
    }
XCH313 = { $column } 列第 { $row } 行的 { $value } 超出 { $low } 至 { $high } 的范围。
    .why = 这样的值不可能出现，多半是笔误。
    .remedy = 请改正该数字。
XCH314 = { $column } 列第 { $row } 行的文本过长。
    .why = 写成工作簿时单元格放不下；最多 { $longest } 个字符。
    .remedy = 请缩短文本，或写入文档并将其列为佐证。
XCH315 = { $column } 列第 { $row } 行的“{ $value }”可以读成两个不同的数。
    .why = 逗号可能是千位分隔符，也可能是小数点，两者相差一千倍。
    .remedy = 请不用逗号，小数前用点号。
XCH316 = 第 { $row } 行的 { $column } 为空。
    .why = 它是区分不同观测值的依据之一。
    .remedy = 请填写该值，或去掉这一行。
XCH317 = { $column } 列第 { $row } 行的文本含有控制字符。
    .why = 这类字符不可见，会破坏 XML、CSV 和 JSON。
    .remedy = 请删除该字符；它往往来自 PDF 的复制。
XCH318 = { $column } 列第 { $row } 行的 { $value } 过大，无法精确保存。
    .why = 超过 9,007,199,254,740,992 的整数会在不知不觉中被改变。
    .remedy = 请使用更大的单位，例如百万。
XCH319 = 第 { $row } 行的观测值 { $key } 已在第 { $first } 行出现。
    .why = 无从判断以哪个值为准；已采用前一行。
    .remedy = 请只保留其中一行。
XCH320 = 另有 { $n } 项发现未显示。
    .why = 数量如此之多，多半出于同一原因。
    .remedy = 请先改正已显示的问题，再重新读取文件。
